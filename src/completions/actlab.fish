# fish completion for actlab: the program itself knows what fits (actlab --no-rc complete LINE).
complete -c actlab -f -a '(actlab --no-rc complete (string join -- " " "" (commandline -opc)[2..] (commandline -ct)) 2>/dev/null)'
