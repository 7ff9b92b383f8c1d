import { type Finding, failed, noted, passed } from '../../../report/finding';
import type { Asked } from './asked';

/** What VCP's manual wants (docs/reference/controller.md). */
const NEEDED = { docker: [20, 10], gigabytes: 10 } as const;

/** Checks that the engine is new enough for the controller. */
export async function checkVersion({ engine, url }: Asked): Promise<readonly Finding[]> {
  const version = (await engine.asked(['version', '--format', '{{.Server.Version}}'])).trim();
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [needed, least] = NEEDED.docker;
  if (major > needed || (major === needed && minor >= least)) return [];
  return [
    failed(
      url,
      `Docker ${version}: the controller needs ${needed}.${least} or newer`,
      'install a newer one there',
    ),
  ];
}

/** Checks that there is room for the controller's images and data. */
export async function checkDisk({ engine, paths, url }: Asked): Promise<readonly Finding[]> {
  const root = (await engine.asked(['info', '--format', '{{.DockerRootDir}}'])).trim();
  const places = [
    { what: 'images', path: root },
    { what: 'data', path: paths.data },
  ];
  const found = await Promise.all(
    places.map(async ({ what, path }) => {
      const free = await freeGigabytes(engine, path);
      if (free === undefined)
        return noted(`${url} ${path}`, `nobody can tell how much room there is for ${what}`);
      const words = `${free.toFixed(1)} GB free for ${what}`;
      return free >= NEEDED.gigabytes
        ? passed(`${url} ${path}`, words)
        : failed(
            `${url} ${path}`,
            `${words}: the controller needs ${NEEDED.gigabytes} GB`,
            'make room there: docker image prune',
            'name a folder on a larger disk in volumes',
          );
    }),
  );
  return found;
}

/** The room where a path is, or will be. */
async function freeGigabytes(engine: Asked['engine'], path: string): Promise<number | undefined> {
  for (let place = path; ; place = place.replace(/\/[^/]*$/, '') || '/') {
    const { exitCode, stdout } = await engine.onHost('df', '-Pk', place);
    const kilobytes = Number(stdout.trim().split('\n').at(-1)?.trim().split(/\s+/)[3]);
    if (exitCode === 0 && Number.isFinite(kilobytes)) return (kilobytes * 1024) / 1e9;
    if (place === '/') return undefined;
  }
}
