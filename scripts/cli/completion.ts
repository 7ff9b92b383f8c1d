import type { Command } from 'commander';
import { EXIT, UsageError } from '../../base/errors';
import { shellQuoted } from '../../base/text/shell-quoted';

interface Words {
  /** Command names with their descriptions. */
  readonly commands: readonly (readonly [name: string, description: string])[];
  /** Commands of `sandbox`. */
  readonly sandbox: readonly (readonly [name: string, description: string])[];
  /** Long flags with their descriptions. */
  readonly flags: readonly (readonly [flag: string, description: string])[];
  /** Those of them whose next word is their value. */
  readonly valued: readonly string[];
  readonly levels: readonly string[];
}

const ENVIRONMENT_COMMANDS = ['validate', 'synth', 'plan', 'apply', 'entries', 'destroy', 'doctor'];

/** Prints the completion script of a shell; environments are completed from the files of `catalog/`. */
export async function completion(program: Command, shell: string | undefined): Promise<number> {
  const write = { bash, zsh, fish }[shell ?? ''];
  if (write === undefined) throw new UsageError(`completion: must be bash, zsh or fish, got "${shell}"`);
  process.stdout.write(write(wordsOf(program)));
  return EXIT.done;
}

function wordsOf(program: Command): Words {
  const named = (commands: readonly Command[]) =>
    commands.map((command) => [command.name(), command.description()] as const);
  const sandbox = program.commands.find((command) => command.name() === 'sandbox');
  return {
    commands: named(program.commands),
    sandbox: named(sandbox?.commands ?? []),
    flags: program.options.map((option) => [option.long ?? option.flags, option.description] as const),
    valued: program.options.filter((option) => option.required).map((option) => option.long ?? option.flags),
    levels: program.options.find((option) => option.long === '--log-level')?.argChoices ?? [],
  };
}

function names(words: readonly (readonly [string, string])[]): string {
  return words.map(([name]) => name).join(' ');
}

const ENVIRONMENTS = `ls "\${KAKEHASHI_CATALOG:-catalog}" 2>/dev/null | sed -n '/\\.lock\\.yml$/d; s/\\.yml$//p'`;

const FISH_ENVIRONMENTS =
  "(ls (set -q KAKEHASHI_CATALOG; and echo $KAKEHASHI_CATALOG; or echo catalog) 2>/dev/null | string match -rv '\\.lock\\.yml$' | string replace -rf '\\.yml$' '')";

function bash(words: Words): string {
  return `# bash completion for kakehashi: eval "$(kakehashi completion bash)"
_kakehashi() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="" command="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$previous" in ${words.valued.join('|')}) previous="" ; continue ;; esac
    previous="$word"
    case "$word" in -*) ;; *) command="\${command:-$word}" ;; esac
  done
  if [[ "$previous" == --env ]]; then
    COMPREPLY=($(compgen -W "$(${ENVIRONMENTS})" -- "$current"))
  elif [[ "$previous" == --log-level ]]; then
    COMPREPLY=($(compgen -W "${words.levels.join(' ')}" -- "$current"))
  elif case "$previous" in ${words.valued.join('|')}) true ;; *) false ;; esac; then
    COMPREPLY=()
  elif [[ "$current" == -* ]]; then
    COMPREPLY=($(compgen -W "${names(words.flags)}" -- "$current"))
  elif [[ -z "$command" ]]; then
    COMPREPLY=($(compgen -W "${names(words.commands)}" -- "$current"))
  else
    case "$command" in
      ${ENVIRONMENT_COMMANDS.join('|')}) COMPREPLY=($(compgen -W "$(${ENVIRONMENTS})" -- "$current")) ;;
      sandbox) COMPREPLY=($(compgen -W "${names(words.sandbox)}" -- "$current")) ;;
      completion) COMPREPLY=($(compgen -W "bash zsh fish" -- "$current")) ;;
    esac
  fi
}
complete -o default -F _kakehashi kakehashi
`;
}

function zsh(words: Words): string {
  const described = (list: Words['commands']) =>
    list.map(([name, text]) => `    ${shellQuoted(`${name}:${text}`)}`).join('\n');
  return `#compdef kakehashi
# zsh completion for kakehashi: eval "$(kakehashi completion zsh)"
_kakehashi() {
  local -a commands sandbox flags environments
  commands=(
${described(words.commands)}
  )
  sandbox=(
${described(words.sandbox)}
  )
  flags=(${names(words.flags)})
  local command="" previous="" word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$previous" in ${words.valued.join('|')}) previous=""; continue ;; esac
    previous="$word"
    case "$word" in -*) ;; *) command="\${command:-$word}" ;; esac
  done
  if [[ "$previous" == --env ]]; then
    environments=($(${ENVIRONMENTS})); compadd -- $environments
  elif [[ "$previous" == --log-level ]]; then
    compadd -- ${words.levels.join(' ')}
  elif case "$previous" in ${words.valued.join('|')}) true ;; *) false ;; esac; then
    _files
  elif [[ "$PREFIX" == -* ]]; then
    compadd -- $flags
  elif [[ -z "$command" ]]; then
    _describe command commands
  else
    case "$command" in
      ${ENVIRONMENT_COMMANDS.join('|')}) environments=($(${ENVIRONMENTS})); compadd -- $environments ;;
      sandbox) _describe command sandbox ;;
      completion) compadd -- bash zsh fish ;;
    esac
  fi
}
compdef _kakehashi kakehashi
`;
}

function fish(words: Words): string {
  const command = ([name, text]: readonly [string, string]) =>
    `complete -c kakehashi -f -n __fish_use_subcommand -a ${name} -d ${shellQuoted(text)}`;
  const below = ([name, text]: readonly [string, string]) =>
    `complete -c kakehashi -f -n '__fish_seen_subcommand_from sandbox' -a ${name} -d ${shellQuoted(text)}`;
  const taking = (flag: string) => {
    if (flag === '--env') return ` -x -a ${shellQuoted(FISH_ENVIRONMENTS)}`;
    if (flag === '--log-level') return ` -x -a ${shellQuoted(words.levels.join(' '))}`;
    return words.valued.includes(flag) ? ' -r' : '';
  };
  return [
    '# fish completion for kakehashi: kakehashi completion fish | source',
    ...words.commands.map(command),
    ...words.sandbox.map(below),
    `complete -c kakehashi -f -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'`,
    `complete -c kakehashi -f -n '__fish_seen_subcommand_from ${ENVIRONMENT_COMMANDS.join(' ')}' -a ${shellQuoted(FISH_ENVIRONMENTS)}`,
    ...words.flags.map(
      ([flag, text]) => `complete -c kakehashi -l ${flag.slice(2)}${taking(flag)} -d ${shellQuoted(text)}`,
    ),
    '',
  ].join('\n');
}
