import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The events of docs/deploy.md: per type its keys, and whether each is always there. */
function documentedEvents(): ReadonlyMap<string, ReadonlyMap<string, boolean>> {
  const page =
    readFileSync(path.join(__dirname, '../../docs/deploy.md'), 'utf8').split('<!-- events -->')[1] ?? '';
  const rows = [...page.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)];
  return new Map(
    rows.map(([, type = '', keys = '']) => {
      const named = keys.replace(/\([^()]*\)/g, '').matchAll(/`(\w+)`(\?)?/g);
      return [type, new Map([...named].map(([, key = '', optional]) => [key, optional === undefined]))];
    }),
  );
}

/** Keys that every event may have: those of a command on environments name theirs. */
const ALWAYS = ['type', 'at', 'environment'];

/** What is wrong with lines that `--json` printed, by the documented schema. */
export function eventProblems(stdout: string): readonly string[] {
  const documented = documentedEvents();
  return stdout
    .trim()
    .split('\n')
    .flatMap((line) => {
      const event = JSON.parse(line) as Readonly<Record<string, unknown>>;
      const keys = documented.get(String(event.type));
      if (keys === undefined) return [`${event.type}: not documented`];
      if (Number.isNaN(Date.parse(String(event.at)))) return [`${event.type}: no time`];
      const unknown = Object.keys(event).filter((key) => !ALWAYS.includes(key) && !keys.has(key));
      const missing = [...keys].filter(([key, required]) => required && !(key in event)).map(([key]) => key);
      return [
        ...unknown.map((key) => `${event.type}: ${key} is not documented`),
        ...missing.map((key) => `${event.type}: ${key} is missing`),
      ];
    });
}
