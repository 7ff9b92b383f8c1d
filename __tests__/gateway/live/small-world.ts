import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOOLS } from '../unpacked-release';
import { type Plan, writePlan } from './plan';

/** What a command in a small world said, and how it ended. */
export interface Sight {
  readonly status: number;
  readonly output: string;
}

/** What was seen in a small world, by the name of the sight. */
export type Sights = (name: string) => Sight;

/** Reads a folder that `see` of `places.sh` wrote. */
export function sightsOf(folder: string): Sights {
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8').trimEnd();
  const names = readdirSync(folder).filter((name) => name.endsWith('.status'));
  const sights = new Map(
    names.map((file) => {
      const name = file.replace(/\.status$/, '');
      return [name, { status: Number(read(file)), output: read(name) }];
    }),
  );
  return (name) => {
    const sight = sights.get(name);
    if (!sight) throw new Error(`nothing was seen by the name ${name}, but ${[...sights.keys()].join(', ')}`);
    return sight;
  };
}

/**
 * Makes a small world in namespaces of this machine, runs a scenario of this folder in it and gives what was seen. Whatever
 * happens, nothing of it stays: its processes and networks end with the first of them, its folder is removed.
 */
export function inNamespaces(scenario: string, release: string, plan: Plan): Sights {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-live-'));
  try {
    writePlan(join(folder, 'plan'), plan);
    for (const name of ['world', 'seen']) mkdirSync(join(folder, name));
    const unshare = ['unshare', '--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
    // A program that can end it even where this process is gone.
    const done = spawnSync(
      'timeout',
      ['-s', 'KILL', '60', ...unshare, 'bash', join(__dirname, scenario), release],
      {
        encoding: 'utf8',
        env: {
          PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
          releases: TOOLS,
          world: join(folder, 'world'),
          seen: join(folder, 'seen'),
          plan: join(folder, 'plan'),
        },
      },
    );
    if (done.status !== 0) throw new Error(`${scenario} ended with ${done.status}: ${done.stderr}`);
    return sightsOf(join(folder, 'seen'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
