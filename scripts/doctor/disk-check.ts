import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { errorCode } from '../../base/error-code';
import { shownPath } from '../../base/files';
import { providerMegabytes } from '../kinds/registry';
import { type Finding, failed, passed } from '../report/finding';
import { foldersOf } from '../session/folders';
import type { Check, Examination } from './check';

/** What a run writes beside providers: plans, states, logs. */
const RUN_MEGABYTES = 50;
const MEGABYTE = 1024 * 1024;

/** Checks that a run can write where it writes, and that there is space, also for providers that are still to be downloaded. */
export const DISK_CHECK: Check = {
  name: 'disk',
  look: async (examination) => {
    const places = placesOf(examination);
    const systems = new Map<number, Place[]>();
    for (const place of places) {
      const { dev } = statSync(place.existing);
      systems.set(dev, [...(systems.get(dev) ?? []), place]);
    }
    const unwritable = places.flatMap(({ folder, existing }) => refusal(folder, existing));
    const full = [...systems.values()].map(spaceOf);
    return [...unwritable, ...full];
  },
};

interface Place {
  /** The folder that a run writes into. */
  readonly folder: string;
  /** The same, or the nearest folder above it that exists. */
  readonly existing: string;
  readonly megabytes: number;
}

function placesOf({ environment, settings, downloads, variables }: Examination): readonly Place[] {
  const { sandbox, catalogDirectory } = settings;
  const { root, out, results, states } = foldersOf(environment, { sandbox, catalogDirectory });
  const cache = variables.TF_PLUGIN_CACHE_DIR ?? '';
  const plugins = cache === '' ? path.join(root, out) : cache;
  const needed = downloads.reduce((sum, source) => sum + providerMegabytes(source), 0);
  const wanted = [
    { folder: path.join(root, out), megabytes: RUN_MEGABYTES },
    { folder: plugins, megabytes: needed },
    { folder: results, megabytes: 0 },
    { folder: states, megabytes: 0 },
    { folder: catalogDirectory, megabytes: 0 },
    { folder: tmpdir(), megabytes: 0 },
  ];
  return wanted.map((place) => ({ ...place, existing: nearest(place.folder) }));
}

function nearest(folder: string): string {
  return existsSync(folder) || path.dirname(folder) === folder ? folder : nearest(path.dirname(folder));
}

function refusal(folder: string, existing: string): readonly Finding[] {
  try {
    accessSync(existing, constants.W_OK);
    return [];
  } catch (error) {
    return [failed(shownPath(folder), `can't be written (${errorCode(error)})`, 'check its permissions')];
  }
}

function spaceOf(places: readonly Place[]): Finding {
  const names = [...new Set(places.map(({ folder }) => shownPath(folder)))].join(', ');
  const { existing = '.' } = places[0] ?? {};
  const { bavail, bsize, files, ffree } = statfsSync(existing);
  const free = Math.floor((bavail * bsize) / MEGABYTE);
  const needed = Math.max(
    RUN_MEGABYTES,
    places.reduce((sum, { megabytes }) => sum + megabytes, 0),
  );
  if (files > 0 && ffree === 0)
    return failed(names, 'no file can be created any more (no inodes)', 'remove files');
  if (free >= needed) return passed(names, `${free} MB free`);
  return failed(
    names,
    `${free} MB free, and a run needs ${needed} MB`,
    'make room',
    'set TF_PLUGIN_CACHE_DIR to a folder on another disk',
  );
}
