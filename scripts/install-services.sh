#!/usr/bin/env bash
# Installs what `npm run test:services` needs: from Debian's packages Chromium for the report, strace to die at an exact
# write, Python, rsyslog and syslog-ng, Java and Maven, and
# senders of logs (Unbound, BIND, dnsmasq, Squid, nginx); from PyPI the peers of OASIS in tests/python-services.txt; from
# Maven Central the broker of tests/intake/kafka-pom.xml. Does nothing where they are there.
set -euo pipefail
cd "$(dirname "$0")/.."
needed() {
  command -v chromium && command -v strace && python3 -c 'import ensurepip' &&
    command -v syslog-ng && command -v java && command -v mvn && command -v openssl &&
    command -v unbound && command -v named && command -v dnsmasq && command -v squid && command -v nginx && ls /usr/lib/postgresql/*/bin/initdb
}
if ! needed >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # No service of theirs is to start here.
  policy=/usr/sbin/policy-rc.d
  if [ -e "$policy" ]; then policy=''; else printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy"; fi
  apt-get install -y -qq --no-install-recommends chromium strace postgresql python3 python3-venv \
    libestr0 libfastjson4 syslog-ng-core openjdk-17-jre-headless maven openssl \
    unbound bind9 dnsmasq-base squid nginx-light >/dev/null
  if [ -n "$policy" ]; then rm -f "$policy"; fi
fi

# Debian lets only one of rsyslog and syslog-ng be installed: this one is unpacked beside it.
debian=node_modules/.virga-debian
if ! ls "$debian"/usr/lib/*/rsyslog/lmnsd_ossl.so >/dev/null 2>&1; then
  rm -rf "$debian" && mkdir -p "$debian"
  (
    cd "$debian"
    apt-get download -qq rsyslog rsyslog-openssl 2>/dev/null || { apt-get update -qq && apt-get download -qq rsyslog rsyslog-openssl; }
    for deb in ./*.deb; do dpkg -x "$deb" .; done
  )
fi

venv=node_modules/.virga-python
if ! cmp -s tests/python-services.txt "$venv/installed.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r tests/python-services.txt
  cp tests/python-services.txt "$venv/installed.txt"
fi

broker=node_modules/.virga-kafka
if ! cmp -s tests/intake/kafka-pom.xml "$broker/pom.xml"; then
  rm -rf "$broker"
  mvn -q -B -f tests/intake/kafka-pom.xml dependency:copy-dependencies -DoutputDirectory="$PWD/$broker"
  cp tests/intake/kafka-pom.xml "$broker/pom.xml"
fi
