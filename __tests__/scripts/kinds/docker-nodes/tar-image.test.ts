import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageIds } from '../../../../scripts/kinds/docker-nodes/tar-image';
import { temporaryFolder } from '../../../support/catalog-folder';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const CONFIG = '{"architecture":"amd64"}';

function tar(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(files);
  const file = join(temporaryFolder(), 'image.tar');
  execFileSync('tar', ['--format=ustar', '-C', folder, '-cf', file, ...Object.keys(files)]);
  return file;
}

it('computes the id of an image that an older engine saved, whatever its file is called', () => {
  const name = `${'0'.repeat(64)}.json`;
  const file = tar({
    [name]: CONFIG,
    'layer/layer.tar': 'x'.repeat(5000),
    'manifest.json': JSON.stringify([{ Config: name, RepoTags: null, Layers: ['layer/layer.tar'] }]),
  });
  expect(imageIds(file)).toEqual([`sha256:${digest(CONFIG)}`]);
});

it('computes that of the configuration and those of the manifests of one that a newer engine saved', () => {
  const manifest = '{"schemaVersion":2}';
  const blob = (text: string) => `blobs/sha256/${digest(text)}`;
  const file = tar({
    [blob(CONFIG)]: CONFIG,
    [blob(manifest)]: manifest,
    'manifest.json': JSON.stringify([{ Config: blob(CONFIG) }]),
  });
  expect(imageIds(file)).toEqual([`sha256:${digest(CONFIG)}`, `sha256:${digest(manifest)}`]);
});

it.each([
  ['no archive', 'just a text'],
  ['an empty file', ''],
])('says that %s holds no image', (_, text) => {
  const file = join(temporaryFolder(), 'image.tar');
  writeFileSync(file, text);
  expect(imageIds(file)).toBeUndefined();
});

it.each(['[]', '{}', 'not JSON', '[{"Config":"other.json"}, null]'])(
  'takes no image out of an archive with the manifest %s',
  (manifest) => {
    expect(imageIds(tar({ 'manifest.json': manifest, 'a.txt': 'a' })) ?? []).toEqual([]);
  },
);
