import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { COMPLETION_SCRIPTS, type Shell } from '../../../scripts/cli/completion-script';
import { compiledCli } from '../../support/compiled';
import { describeWith } from '../../support/programs';
import { ScriptedProject } from '../../support/scripted-terraform';

jest.setTimeout(60_000);

/** A project in which `kakehashi` is a program of the PATH, and its catalog's base is no environment. */
class CompletionProject extends ScriptedProject {
  constructor() {
    super();
    this.write('catalog/base.yml', "cci_version: '1.0'\n");
    this.write('catalog/dev.yml', 'extends: base.yml\n');
    this.write('catalog/dev.lock.yml', 'version: 1\n');
    this.write('notes.txt', '');
    mkdirSync(path.join(this.folder, 'bin'));
    const program = `#!/bin/sh\nexec '${process.execPath}' '${compiledCli()}' "$@"\n`;
    writeFileSync(path.join(this.folder, 'bin', 'kakehashi'), program, { mode: 0o755 });
    for (const [shell, script] of Object.entries(COMPLETION_SCRIPTS))
      this.write(`completion.${shell}`, script);
  }

  /** Runs a script in a shell; what it prints. */
  shell(name: Shell, script: string, args: readonly string[] = []): string {
    const folder = path.join(this.folder, 'bin');
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, HOME: this.folder };
    this.write('script', script);
    const file = path.join(this.folder, 'script');
    const { stdout, stderr } = spawnSync(name, [file, ...args], {
      cwd: this.folder,
      env,
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect(stderr).toBe('');
    return stdout;
  }
}

let project: CompletionProject;
beforeAll(() => {
  project = new CompletionProject();
});
afterAll(() => project.remove());

test.each(['bash', 'zsh', 'fish'] as const)('`completion %s` prints its script', (shell) => {
  const { status, stdout } = spawnSync(process.execPath, [compiledCli(), 'completion', shell], {
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: COMPLETION_SCRIPTS[shell] });
});

/** A line up to the cursor, and what bash and fish offer for its last word. */
const LINES: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['kakehashi st', ['status']],
  ['kakehashi plan ', ['dev']],
  ['kakehashi plan --fro', ['--frozen']],
  ['kakehashi gateway ', ['dev', 'rotate']],
  ['kakehashi sandbox l', ['list']],
  ['kakehashi token create ann --role ', ['regular', 'super']],
  ['kakehashi entries dev --out no', ['notes.txt']],
  ['kakehashi destroy dev ', []],
];

describeWith('bash', 'bash', () => {
  test.each([...LINES, ['kakehashi --catalog cat', ['catalog']] as const])(
    'completes %s',
    (line, offered) => {
      const script = `source completion.bash
COMP_WORDS=(${line.endsWith(' ') ? `${line}""` : line})
COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_kakehashi
for word in "\${COMPREPLY[@]}"; do echo "$word"; done`;
      expect(project.shell('bash', script).split('\n').slice(0, -1).sort()).toEqual(offered);
    },
  );

  test('splits words at the sign of an option', () => {
    const script = `source completion.bash
COMP_WORDS=(kakehashi plan --env =); COMP_CWORD=3; _kakehashi; echo "\${COMPREPLY[@]}"`;
    expect(project.shell('bash', script)).toBe('dev\n');
  });
});

describeWith('fish', 'fish', () => {
  test.each([...LINES, ['kakehashi plan --env=', ['--env=dev']] as const])(
    'completes %s',
    (line, offered) => {
      const printed = project.shell('fish', `source completion.fish; complete -C '${line}'`);
      const words = printed.split('\n').slice(0, -1);
      expect(words.map((one) => one.split('\t')[0]).sort()).toEqual(offered);
    },
  );

  test('shows descriptions', () => {
    expect(project.shell('fish', "source completion.fish; complete -C 'kakehashi sandbox l'")).toBe(
      'list\tlist the simulated objects\n',
    );
  });
});

describeWith('zsh', 'zsh', () => {
  // A zsh with a terminal of its own: Tab completes, and Ctrl-X writes the line into a file.
  const SCRIPT = `zmodload zsh/zpty
zpty shell 'zsh -f -i'
zpty -w shell "PS1=; autoload -Uz compinit && compinit -u -D; source completion.zsh
show() { print -r -- \\"\\$BUFFER\\" > line; exit }; zle -N show; bindkey '^X' show"
zpty -w -n shell "$1"$'\\t\\x18'
while [[ ! -s line ]]; do zpty -r -t shell output; sleep 0.05; done
cat line
rm line
`;

  test.each([
    ['kakehashi st', 'kakehashi status '],
    ['kakehashi plan ', 'kakehashi plan dev '],
    ['kakehashi plan --fro', 'kakehashi plan --frozen '],
    ['kakehashi plan --env=', 'kakehashi plan --env=dev '],
    ['kakehashi gateway r', 'kakehashi gateway rotate '],
    ['kakehashi token create ann --role s', 'kakehashi token create ann --role super '],
    ['kakehashi entries dev --out no', 'kakehashi entries dev --out notes.txt '],
    ['kakehashi --catalog cat', 'kakehashi --catalog catalog/'],
  ])('completes %s', (line, completed) => {
    expect(project.shell('zsh', SCRIPT, [line])).toBe(`${completed}\n`);
  });
});
