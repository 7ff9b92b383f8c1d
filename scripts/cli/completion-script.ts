/*
 * The shells' part of the completion. Each script asks the program itself what fits at the cursor (`kakehashi complete -- WORDS`),
 * and gets a line for each candidate with its description, and at the end `:files`, `:folders` or `:nothing`.
 */

const BASH = `# bash completion for kakehashi: eval "$(kakehashi completion bash)"
_kakehashi() {
  local line current="\${COMP_WORDS[COMP_CWORD]}" otherwise=nothing
  [[ "$current" == "=" ]] && current=""
  COMPREPLY=()
  while IFS= read -r line; do
    case "$line" in
      :*) otherwise="\${line#:}" ;;
      ?*) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD-1}" "$current" 2>/dev/null)
  if [[ \${#COMPREPLY[@]} -eq 0 && "$otherwise" != nothing ]]; then
    compopt -o filenames 2>/dev/null
    local action=-f
    [[ "$otherwise" == folders ]] && action=-d
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$action" -- "$current")
  fi
}
complete -F _kakehashi kakehashi
`;

const ZSH = `#compdef kakehashi
# zsh completion for kakehashi: eval "$(kakehashi completion zsh)"
_kakehashi() {
  local line otherwise=nothing
  local -a candidates
  while IFS= read -r line; do
    case "$line" in
      :*) otherwise="\${line#:}" ;;
      ?*) candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done < <("\${(Q)words[1]}" complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#candidates} > 0 )); then
    _describe kakehashi candidates
  elif [[ "$otherwise" == files ]]; then
    _files
  elif [[ "$otherwise" == folders ]]; then
    _files -/
  fi
}
compdef _kakehashi kakehashi
`;

const FISH = `# fish completion for kakehashi: kakehashi completion fish | source
function __kakehashi_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines ($words[1] complete -- $words[2..-1] "$current" 2>/dev/null)
    set -l candidates (string match -v -- ':*' $lines)
    if test (count $candidates) -gt 0
        printf '%s\\n' $candidates
    else if contains -- :files $lines
        __fish_complete_path "$current"
    else if contains -- :folders $lines
        __fish_complete_directories "$current"
    end
end
complete -c kakehashi -f -a '(__kakehashi_complete)'
`;

/** The completion script of each shell. */
export const COMPLETION_SCRIPTS = { bash: BASH, zsh: ZSH, fish: FISH } as const;

export type Shell = keyof typeof COMPLETION_SCRIPTS;
export const SHELLS: readonly Shell[] = ['bash', 'zsh', 'fish'];
