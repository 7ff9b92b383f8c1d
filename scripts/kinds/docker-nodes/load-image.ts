import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../../base/errors';
import { digestOfFile } from '../../../base/files';
import type { GroupImage } from '../../../catalog/kinds/docker-nodes/group';
import { dockerHostUrl } from '../../../model/docker/docker-host';
import type { Report } from '../../report/report';
import type { Engine } from '../docker/engine';
import { imageIds } from './tar-image';

/** The longest time that a file may take to its host. */
const LOAD_SECONDS = 3600;

/**
 * Loads an image's file on a host that does not have it yet, and checks that the host then has the image of the catalog.
 *
 * @param folder - of the catalogs
 * @throws {@link Failure}
 */
export async function loadImage(
  engine: Engine,
  image: Extract<GroupImage, { kind: 'loaded' }>,
  folder: string,
  report: Pick<Report, 'say'>,
): Promise<void> {
  if (await hasImage(engine, image.id)) return;
  const file = path.join(folder, image.file);
  checkFile(file, image.id);
  report.say(`image     ${image.file} is loaded on ${dockerHostUrl(engine.host)}`);
  await engine.asked(['load', '--quiet'], { input: path.resolve(file), seconds: LOAD_SECONDS });
  if (await hasImage(engine, image.id)) return;
  const where = dockerHostUrl(engine.host);
  throw new Failure({
    where,
    summary: `${image.file} is loaded, and the host has no image ${image.id}: its engine counts ids in another way`,
    fixes: ['there: docker image ls --no-trunc shows the id that it has; write it as sha256'],
  });
}

async function hasImage(engine: Engine, id: string): Promise<boolean> {
  const answer = await engine.docker(['image', 'inspect', '--format', '{{.Id}}', id]);
  if (answer.exitCode === 0) return answer.stdout.trim() === id;
  if (answer.lines.some((line) => /No such image/i.test(line))) return false;
  throw engine.failure(answer);
}

/** @throws {@link Failure} unless the file is an image of this id */
function checkFile(file: string, id: string): void {
  if (!existsSync(file))
    throw new Failure({ where: file, summary: 'is not there', fixes: ['docker save writes it'] });
  const ids = imageIds(file);
  if (ids === undefined) {
    const summary = 'is no archive of images as docker save writes it, uncompressed';
    throw new Failure({ where: file, summary, fixes: ['docker save NAME --output FILE'] });
  }
  if (ids.includes(id)) return;
  const isOfFile = id === `sha256:${digestOfFile(file)}`;
  const what = isOfFile ? 'sha256 in the catalog is the digest of the file' : `it holds no image ${id}`;
  throw new Failure({
    where: file,
    summary: `${what}; what it holds is ${ids[0]}`,
    fixes: [`write sha256: ${ids[0]}, where that is the image that you mean`],
  });
}
