#!/usr/bin/env bash
# Installs what `npm run test:services` needs: from Debian's packages Chromium for the report, strace to die at an exact
# write and Python; from PyPI the peers of OASIS in tests/python-services.txt. Does nothing where they are there.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! { command -v chromium && command -v strace && python3 -c 'import ensurepip'; } >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends chromium strace python3 python3-venv >/dev/null
fi

venv=node_modules/.virga-python
if ! cmp -s tests/python-services.txt "$venv/installed.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r tests/python-services.txt
  cp tests/python-services.txt "$venv/installed.txt"
fi
