import { GITLAB_INCLUDE } from './ci/gitlab';
import { IGNORED } from './git-ignore';
import { jsonText } from './json-text';
import { manifestOf, type PackageNeeds } from './package-files';

/**
 * What the user should add to a file of his own so that it does what ours would; undefined where nothing is missing, or the
 * difference says it all.
 */
export function additionTo(path: string, text: string, needs: PackageNeeds): string | undefined {
  if (path === '.gitignore') return missingLines(text);
  if (path === 'package.json') return missingNeeds(text, needs);
  if (path === '.gitlab-ci.yml') return text.includes('.gitlab/kakehashi.yml') ? undefined : GITLAB_INCLUDE;
  return undefined;
}

function missingLines(text: string): string | undefined {
  const plain = (line: string): string => line.trim().replace(/^\/|\/$/g, '');
  const there = new Set(text.split(/\r?\n/).map(plain));
  const missing = IGNORED.filter((line) => !there.has(plain(line)));
  return missing.length === 0 ? undefined : `${missing.join('\n')}\n`;
}

/** The parts of a package.json that are not there, whatever versions are. */
function missingNeeds(text: string, needs: PackageNeeds): string | undefined {
  const manifest = manifestOf(needs);
  const own = mapOf(parsed(text));
  const known = { ...mapOf(own.dependencies), ...mapOf(own.devDependencies) };
  const without = (all: Readonly<Record<string, string>>, there: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => there[name] === undefined));
  const parts = {
    scripts: without(manifest.scripts, mapOf(own.scripts)),
    // What npm has chosen stays, but for the fork, which must be asked for.
    dependencies: without(
      manifest.dependencies,
      needs.cdktn && known.cdktf !== manifest.dependencies.cdktf ? { ...known, cdktf: undefined } : known,
    ),
    overrides: without(manifest.overrides ?? {}, mapOf(own.overrides)),
  };
  const missing = Object.fromEntries(
    Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0),
  );
  return Object.keys(missing).length === 0 ? undefined : jsonText(missing);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
