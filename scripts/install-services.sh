#!/usr/bin/env bash
# Installs what `npm run test:services` needs from Debian's packages: Chromium for the report. Does nothing where it is there.
set -euo pipefail
command -v chromium >/dev/null && exit 0
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium >/dev/null
