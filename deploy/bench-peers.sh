#!/bin/sh
# Installs what `make bench` compares with: by lock files, beside the environment, needed nowhere else.
peers=.venv/bench-peers
.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes \
    -r deploy/bench.lock ||
    echo "Django、UmaDB 没有装上，原因见上 / Django and UmaDB were not installed, see above" >&2

# The system's npm, else the one that set-up may have put there.
PATH="$PATH:$PWD/.venv/bin"
if ! npm --version >/dev/null 2>&1; then
    echo "没有 npm，略过 message-db 与 Emmett / no npm here: without message-db and Emmett" >&2
    exit 0
fi
mkdir -p "$peers"
cp tests/bench/peers/package.json tests/bench/peers/package-lock.json .npmrc "$peers/"
npm_config_update_notifier=false npm ci --prefix "$peers" --ignore-scripts --no-audit --no-fund --silent ||
    echo "message-db、Emmett 没有装上，原因见上 / message-db and Emmett were not installed, see above" >&2
