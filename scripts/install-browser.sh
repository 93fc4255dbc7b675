#!/bin/sh
# What the tests look with: a browser, a PDF reader, an office without a screen, a reader of SPSS files, fonts for Vietnamese
# and Khmer; and a pooler of connections. Installs only what is missing (Debian).
set -eu
missing=''
command -v git >/dev/null 2>&1 || missing="$missing git"
command -v openssl >/dev/null 2>&1 || missing="$missing openssl"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v chromium-headless-shell >/dev/null 2>&1 || missing="$missing chromium-headless-shell"
command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui libreoffice-calc-nogui"
command -v pspp >/dev/null 2>&1 || missing="$missing pspp"
[ -x /usr/sbin/pgbouncer ] || missing="$missing pgbouncer"
fc-match 'Times New Roman' 2>/dev/null | grep -q Liberation || missing="$missing fonts-liberation2"
[ -e /usr/share/fonts/truetype/noto/NotoSansKhmer-Regular.ttf ] || missing="$missing fonts-noto-core"
# A ledger is read by a program that is not ours: Go's own packages for its checksum database.
{ command -v go >/dev/null 2>&1 && [ -e /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog ]; } || missing="$missing golang-go golang-golang-x-mod-dev"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "The tests need:$missing. Please install them, or run this script as root on Debian." >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # a list of packages
apt-get install -y -qq --no-install-recommends $missing >/dev/null
