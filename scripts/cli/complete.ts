import type { Argument, Command, Option } from 'commander';

/** A word that can stand at the cursor. */
export interface Candidate {
  readonly word: string;
  readonly description: string;
}

/** What a shell offers at the cursor. */
export interface Completion {
  readonly candidates: readonly Candidate[];
  /** What the shell completes by itself where no candidate fits. */
  readonly otherwise: 'files' | 'folders' | 'nothing';
}

/** The names that catalogs have. @param catalog - their folder; undefined for the default one */
export interface CatalogNames {
  /** The environments of the folder. */
  readonly environments: (catalog: string | undefined) => readonly string[];
  /** The node groups of an environment; none where its catalog can't be read. */
  readonly groups: (environment: string, catalog: string | undefined) => readonly string[];
}

/** The same, of the folder that a command line names. */
interface Names {
  readonly environments: () => readonly string[];
  readonly groups: () => readonly string[];
}

const NOTHING: Completion = { candidates: [], otherwise: 'nothing' };

/**
 * Completes a command line of the program, from its own commands, options and arguments.
 *
 * @param words - those after the program's name, the last one being that at the cursor, which may be empty
 */
export function completionOf(program: Command, words: readonly string[], names: CatalogNames): Completion {
  const line = new CommandLine(program);
  for (const word of words.slice(0, -1)) line.read(word);
  const current = words.at(-1) ?? '';
  return startingWith(
    current,
    line.offer(current, {
      environments: () => names.environments(line.catalog),
      groups: () => (line.environment === undefined ? [] : names.groups(line.environment, line.catalog)),
    }),
  );
}

function startingWith(prefix: string, { candidates, otherwise }: Completion): Completion {
  return { candidates: candidates.filter(({ word }) => word.startsWith(prefix)), otherwise };
}

/** The words before the cursor, as commander will understand them. */
class CommandLine {
  catalog: string | undefined;
  environment: string | undefined;
  private operands = 0;
  /** An option whose value is the next word. */
  private waiting: Option | undefined;
  private onlyOperands = false;

  constructor(private command: Command) {}

  read(word: string): void {
    const { waiting } = this;
    // bash makes a word of its own of the sign in --env=dev.
    if (waiting !== undefined && word === '=') return;
    this.waiting = undefined;
    if (waiting !== undefined && (waiting.required || !word.startsWith('-'))) {
      if (waiting.long === '--catalog') this.catalog = word;
      if (waiting.long === '--env') this.environment = word;
    } else if (!this.onlyOperands && word === '--') {
      this.onlyOperands = true;
    } else if (!this.onlyOperands && word.startsWith('-')) {
      this.readOption(word);
    } else {
      this.readOperand(word);
    }
  }

  /** What can stand at the cursor, whatever is typed of it. */
  offer(current: string, names: Names): Completion {
    const { waiting, command } = this;
    const assigned = /^(--[^=]+)=/.exec(current)?.[1];
    if (waiting?.required === true) return valuesOf(nameOf(waiting), waiting.argChoices, names);
    if (!this.onlyOperands && assigned !== undefined) {
      const option = this.optionCalled(assigned);
      if (option === undefined) return NOTHING;
      const values = valuesOf(nameOf(option), option.argChoices, names);
      return {
        ...values,
        candidates: values.candidates.map((one) => ({ ...one, word: `${assigned}=${one.word}` })),
      };
    }
    if (!this.onlyOperands && current.startsWith('-')) return optionsOf(command);
    const commands = this.operands === 0 && !this.onlyOperands ? subcommandsOf(command) : [];
    const argument = argumentAt(command, this.operands);
    const values = argument === undefined ? NOTHING : valuesOf(argument.name(), argument.argChoices, names);
    return { ...values, candidates: [...commands, ...values.candidates] };
  }

  private readOption(word: string): void {
    const [name = '', value] = word.split('=', 2);
    const option = this.optionCalled(name);
    if (value !== undefined && option?.long === '--catalog') this.catalog = value;
    if (value === undefined && (option?.required === true || option?.optional === true))
      this.waiting = option;
  }

  private readOperand(word: string): void {
    const found =
      this.operands === 0 && !this.onlyOperands
        ? this.command.commands.find((candidate) => candidate.name() === word)
        : undefined;
    if (found !== undefined) {
      this.command = found;
      return;
    }
    if (namesEnvironments(argumentAt(this.command, this.operands)?.name() ?? '')) this.environment = word;
    this.operands += 1;
  }

  /** Also a hidden one: it has a value to be skipped as well. */
  private optionCalled(name: string): Option | undefined {
    for (let at: Command | null = this.command; at !== null; at = at.parent) {
      const option = at.options.find(({ long, short }) => name === long || name === short);
      if (option !== undefined) return option;
    }
    return undefined;
  }
}

function optionsOf(command: Command): Completion {
  const help = command.createHelp();
  // The help of a command leaves the options of all commands to the program's own help.
  help.showGlobalOptions = true;
  const visible = [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)];
  const candidates = visible.map((option) => ({
    word: option.long ?? option.flags,
    description: option.description,
  }));
  return { candidates, otherwise: 'nothing' };
}

function subcommandsOf(command: Command): readonly Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((sub) => ({ word: sub.name(), description: sub.description() }));
}

function argumentAt({ registeredArguments }: Command, index: number): Argument | undefined {
  const last = registeredArguments.at(-1);
  return registeredArguments[index] ?? (last?.variadic === true ? last : undefined);
}

/** `dir` of an option `--catalog <dir>`. */
function nameOf({ flags }: Option): string {
  return /[<[]([^>\].]+)/.exec(flags)?.[1] ?? '';
}

/** The values of an argument or an option: its choices, or what its name stands for. */
function valuesOf(
  name: string,
  choices: readonly string[] | undefined,
  { environments, groups }: Names,
): Completion {
  if (choices !== undefined) return { candidates: choices.map(plain), otherwise: 'nothing' };
  if (namesEnvironments(name)) return { candidates: environments().map(plain), otherwise: 'files' };
  if (name === 'groups') return { candidates: groups().map(plain), otherwise: 'nothing' };
  if (name === 'file' || name === 'command') return { candidates: [], otherwise: 'files' };
  return { candidates: [], otherwise: name === 'dir' ? 'folders' : 'nothing' };
}

function namesEnvironments(name: string): boolean {
  return name === 'env' || name === 'environment' || name === 'environments';
}

function plain(word: string): Candidate {
  return { word, description: '' };
}
