import path from 'node:path';
import { Argument, type Command } from 'commander';
import { EXIT } from '../../base/errors';
import { shownPath } from '../../base/files';
import type { Settings } from '../session/settings';
import { completionOf } from './complete';
import { COMPLETION_SCRIPTS, SHELLS } from './completion-script';
import type { AddCommand } from './vault-commands';

/** Adds `completion <shell>`, which prints a script, and the hidden `complete`, which that script calls. */
export function addCompletionCommands(program: Command, add: AddCommand): void {
  add(program, 'completion', 'print a completion script for bash, zsh or fish', async (_, [name]) => {
    const shell = SHELLS.find((known) => known === name);
    if (shell !== undefined) process.stdout.write(COMPLETION_SCRIPTS[shell]);
    return EXIT.done;
  }).addArgument(new Argument('<shell>').choices(SHELLS));
  add(
    program,
    'complete [words...]',
    'list what fits at the end of a command line',
    async (settings, words) => {
      const { candidates, otherwise } = completionOf(program, words, {
        environments: (catalog) => environmentsIn(settings, catalog),
        groups: (environment, catalog) => groupsOf(settings, environment, catalog),
      });
      for (const { word, description } of candidates) process.stdout.write(`${word}\t${description}\n`);
      process.stdout.write(`:${otherwise}\n`);
      return EXIT.done;
    },
    { hidden: true },
  );
}

function environmentsIn(settings: Settings, catalog: string | undefined): readonly string[] {
  const { listEnvironments } =
    require('../../catalog/environment/folder') as typeof import('../../catalog/environment/folder');
  return listEnvironments(shownPath(catalog ?? settings.catalogDirectory));
}

function groupsOf(settings: Settings, environment: string, catalog: string | undefined): readonly string[] {
  const { loadCatalog } = require('../session/read-catalog') as typeof import('../session/read-catalog');
  const { targetOf } = require('../session/session') as typeof import('../session/session');
  const catalogDirectory = catalog === undefined ? settings.catalogDirectory : path.resolve(catalog);
  try {
    const target = targetOf({ ...settings, catalogDirectory }, environment);
    const { groups } = loadCatalog(target.environment, target.settings, { lenient: true }).catalog;
    return groups.map(({ name }) => name);
  } catch {
    // Whatever is wrong with the catalog, a shell has nothing to offer.
    return [];
  }
}
