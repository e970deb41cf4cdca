#!/bin/sh
# The documentation is true: its pictures are what the program draws, its links and the files it names exist, the commands
# of the README work. A picture that changed: look at it, and if it is better, `make docs`.
actlab=${ACTLAB:?}
root=$(cd "${srcdir:-.}" && pwd -P) || exit 99
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
XDG_STATE_HOME=$tmp/state XDG_CONFIG_HOME=$tmp/config
export XDG_STATE_HOME XDG_CONFIG_HOME
fail=0

wrong() {
    echo "$*"
    fail=1
}

sh "$root/docs/pictures.sh" "$tmp" || fail=1
for picture in "$root"/docs/*.svg; do
    cmp "$picture" "$tmp/${picture##*/}" || wrong "${picture##*/} is not what the program draws: make docs"
done

# Links to files, relative to the page; what stands in code is a path from the root if it begins like one.
cd "$root" || exit 99
for page in README.md ARCHITECTURE.md HACKING.md docs/TRIED.md lessons/README.md; do
    for link in $(grep -o '](\([^)#]*\)' "$page" | sed 's/^](//' | grep -v ':'); do
        [ -e "${page%"${page##*/}"}$link" ] || wrong "$page: no $link"
    done
done
for page in README.md ARCHITECTURE.md HACKING.md; do
    for path in $(grep -o '`[^`]*`' "$page" | tr -d '`' | grep -E '^(src|tests|docs|lessons)/[^ ]*[a-z]$' | grep -v '[A-Z*]'); do
        [ -e "$path" ] || wrong "$page: no $path"
    done
done

# The rooms of ARCHITECTURE.md are those of tests/rooms.awk, in their order.
rooms=$(sed -n 's/^| `\([a-z.]*\)\/\{0,1\}`.*/\1/p' ARCHITECTURE.md | tr '\n' ' ')
grep -qF "\"${rooms% }\"" tests/rooms.awk || wrong "ARCHITECTURE.md: its rooms are not those of tests/rooms.awk: $rooms"

[ "$(wc -c <README.md)" -le 9000 ] || wrong "README.md: more than 9000 bytes"
sed -n '/^| tried/,/^$/p' README.md | sed '1,2d;$d' | while IFS= read -r row; do
    grep -qF "$row" docs/TRIED.md || echo "README.md: not in docs/TRIED.md: $row"
done >"$tmp/rows"
[ ! -s "$tmp/rows" ] || wrong "$(cat "$tmp/rows"): make docs"

# The README's lines for a shell, each in an empty folder.
mkdir "$tmp/bin" "$tmp/work" || exit 99
printf '#!/bin/sh\nexec %s "$@"\n' "'$actlab'" >"$tmp/bin/actlab"
chmod +x "$tmp/bin/actlab"
PATH=$tmp/bin:$PATH
export PATH
cd "$tmp/work" || exit 99
echo 0.5 >numbers
sed -n '/^## In a shell/,/^## /p' "$root/README.md" | grep '^    ' >"$tmp/lines"
[ "$(wc -l <"$tmp/lines")" -ge 10 ] || wrong "README.md: fewer than 10 lines for a shell"
while IFS= read -r line; do
    sh -c "$line" >"$tmp/out" 2>&1 </dev/null || wrong "README.md:$line: $(tail -n 1 "$tmp/out")"
    [ -s "$tmp/out" ] || wrong "README.md:$line: prints nothing"
done <"$tmp/lines"
[ -s network.py ] || wrong "README.md: no network.py"
exit $fail
