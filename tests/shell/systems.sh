#!/bin/sh
# Text files that editors of other systems have saved: "\r\n" and "\r" at the ends of lines, byte order marks, UTF-16. Every door that
# takes a person's file takes them as it takes the plain one.
unset ACTLAB_RESTRICTED NO_COLOR ACTLAB_LESSONS
dir=$(mktemp -d) || exit 99
XDG_STATE_HOME=$dir XDG_CONFIG_HOME=$dir/config
export XDG_STATE_HOME XDG_CONFIG_HOME
trap 'rm -rf "$dir"' EXIT
actlab=${ACTLAB:?}
cd "$dir" || exit 99
failed=0 taken=0

wrong() { echo "wrong: $*"; failed=1; }

crlf() { awk '{ printf "%s\r\n", $0 }'; }
octal() { od -An -v -to1 | tr -s ' \n' '\n\n' | sed '/^$/d'; }
# every byte of ASCII as two
utf16le() { printf '\377\376'; octal | sed 's/.*/printf "\\\\&\\\\000"/' | sh; }
utf16be() { printf '\376\377'; octal | sed 's/.*/printf "\\\\000\\\\&"/' | sh; }

# variants NAME: NAME as other systems have it, in the folders crlf mark cr utf16le utf16be
variants()
{
    mkdir -p crlf mark cr utf16le utf16be
    crlf <"$1" >"crlf/$1"
    { printf '\357\273\277'; cat "crlf/$1"; } >"mark/$1"
    tr '\n' '\r' <"$1" >"cr/$1"
    utf16le <"crlf/$1" >"utf16le/$1"
    utf16be <"$1" >"utf16be/$1"
}

# same NAME COMMAND...: with every variant the command, run by sh with $file as its name, prints what it prints with NAME, and takes it
same()
{
    name=$1; shift
    (file=$name; eval "$*") >wanted 2>err || wrong "$*: $(cat err)"
    for kind in crlf mark cr utf16le utf16be; do
        (file=$kind/$name; eval "$*") >got 2>err || wrong "$* with $kind: $(cat err)"
        sed "s|$kind/||g" got | cmp -s - wanted || wrong "$* with $kind: $(sed "s|$kind/||g" got | diff - wanted | head -5)"
        taken=$((taken + 1))
    done
}

# what a pipe brings is read as it comes: no UTF-16
same_stream()
{
    name=$1; shift
    (file=$name; eval "$*") >wanted 2>err || wrong "$*: $(cat err)"
    for kind in crlf mark cr; do
        (file=$kind/$name; eval "$*") >got 2>err || wrong "$* with $kind: $(cat err)"
        cmp -s got wanted || wrong "$* with $kind: $(diff got wanted | head -5)"
        taken=$((taken + 1))
    done
}

printf 'fn elu\nalpha 2\n\n# a remark\neval elu -1\neval f\n' >script
variants script
same script '"$actlab" --no-rc -f "$file"'
same script '"$actlab" --no-rc source "$file"'
same script '"$actlab" --rc "$file" eval alpha'
same script 'mkdir -p config/actlab && cp "$file" config/actlab/actlabrc && "$actlab" eval alpha'
same_stream script '"$actlab" --no-rc -f - <"$file"'

printf '1\n-2.5\n3\n' >numbers
variants numbers
same_stream numbers '"$actlab" --no-rc eval gelu <"$file"'

printf 'x1,x2,label\n0,0,1\n1,1,0\n\n0,1,1\n1,0,0\n' >points.csv
variants points.csv
same points.csv '"$actlab" --no-rc -c "net data=$file width=3 batch=2" -c "train 3 epochs" -c "eval loss"'

"$actlab" --no-rc -c 'record lecture.act' -c 'fn gelu' -c 'net width=4' -c 'step 3' >/dev/null || wrong "no recording"
variants lecture.act
same lecture.act '"$actlab" --no-rc -c "play $file" -c state'
same lecture.act '"$actlab" --no-rc -c "source $file" -c state'

"$actlab" --no-rc -c 'net width=2 layers=1 samples=4' -c 'step 3' -c 'export net.json' >/dev/null || wrong "no network"
variants net.json
same net.json '"$actlab" --no-rc -c "load $file" -c layers'

cat >lesson.md <<'END'
# Title

text

```try
fn elu
goal: alpha > 2
```

```solution
alpha 3
```

## Quiz

Is it so?

- [x] Yes -- it is
- [ ] No -- look again

## Sources

- A book
END
variants lesson.md
same lesson.md '"$actlab" --no-rc check "$file"'
same lesson.md '"$actlab" --no-rc check - <"$file"'

printf '# actlab progress 1\n2026-01-01T00:00:00.000Z open sigmoid\n2026-01-01T00:00:00.000Z page sigmoid 2\n' >progress
variants progress
same progress '"$actlab" --no-rc progress "$file" --format=csv'
same progress 'mkdir -p actlab && cp "$file" actlab/progress && "$actlab" --no-rc progress --format=csv'
[ "$(ls actlab)" = progress ] || wrong "set aside: $(ls actlab)"

[ $failed = 0 ] && echo "tried: hostile input | text files of other systems, through every door | $taken taken as the plain file is"
exit $failed
