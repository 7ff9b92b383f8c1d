import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOOLS } from '../unpacked-release';
import { type Sights, sightsOf } from './small-world';

/** A small world with what happens in it: a script of this folder with its arguments. */
export interface Scenario {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
  /** Writes what the script reads into a folder (plan.ts). */
  readonly write: (folder: string) => void;
}

/**
 * Runs scenarios in an emulated machine with Debian's kernel (`boot-machine.sh`), all at a time, and gives what was seen in each.
 *
 * @throws with the machine's last lines, when it did not come to its end within the seconds
 */
export function inMachine(scenarios: readonly Scenario[], seconds: number): ReadonlyMap<string, Sights> {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-machine-'));
  try {
    for (const file of readdirSync(__dirname).filter((name) => name.endsWith('.sh'))) {
      copyFileSync(join(__dirname, file), join(folder, file));
    }
    for (const { name, script, args, write } of scenarios) {
      const here = join(folder, 'scenarios', name);
      mkdirSync(here, { recursive: true });
      write(join(here, 'plan'));
      writeFileSync(join(here, 'run'), `exec bash /lab/${script} ${args.join(' ')}\n`);
    }
    const { status, stderr } = spawnSync(
      'bash',
      [join(__dirname, 'boot-machine.sh'), folder, String(seconds)],
      {
        encoding: 'utf8',
        env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', releases: TOOLS },
      },
    );
    const file = join(folder, 'console');
    const console = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (!console.includes('all scenarios have ended')) {
      throw new Error(`the machine ended with ${status}: ${stderr}\n${console.slice(-3000)}`);
    }
    return new Map(scenarios.map(({ name }) => [name, sightsOf(join(folder, 'scenarios', name, 'seen'))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
