#!/usr/bin/env bash
# Installs what `npm run test:services` needs from Debian's packages: Chromium for the report, strace to die at an exact
# write. Does nothing where they are there.
set -euo pipefail
command -v chromium >/dev/null && command -v strace >/dev/null && exit 0
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium strace >/dev/null
