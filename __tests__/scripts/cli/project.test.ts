import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findProject, fromProject } from '../../../scripts/cli/project';
import { temporaryFolder } from '../../support/catalog-folder';

/** A project with folders below it. @returns its folder */
function project(...folders: readonly string[]): string {
  const root = temporaryFolder({ 'catalog/dev.yml': '' });
  for (const folder of folders) mkdirSync(path.join(root, folder), { recursive: true });
  return root;
}

describe('findProject', () => {
  test('finds the nearest folder upwards that has catalogs', () => {
    const root = project('a/b');
    for (const folder of [root, path.join(root, 'catalog'), path.join(root, 'a/b')])
      expect(findProject(folder)).toEqual({ calledIn: folder, folder: root });
  });

  test('takes an inner project for itself', () => {
    const root = project('inner/catalog/', 'inner/deep');
    writeFileSync(path.join(root, 'inner/catalog/lab.yml'), '');
    expect(findProject(path.join(root, 'inner/deep')).folder).toBe(path.join(root, 'inner'));
  });

  test('passes over a folder catalog without a catalog, and stays where it was called if there is none', () => {
    const root = temporaryFolder({ 'catalog/notes.txt': '' });
    mkdirSync(path.join(root, '.git'));
    expect(findProject(path.join(root, 'catalog')).folder).toBe(path.join(root, 'catalog'));
  });

  test('ends at the root of a Git repository', () => {
    const root = project('repository/.git', 'repository/a');
    const inside = path.join(root, 'repository/a');
    expect(findProject(inside).folder).toBe(inside);
    expect(findProject(path.join(root, 'repository')).folder).toBe(path.join(root, 'repository'));
  });

  const isRoot = process.getuid?.() === 0;
  (isRoot ? test : test.skip)('ends at a folder of another user', () => {
    const root = project('mine');
    chownSync(path.join(root, 'mine'), 12_345, 12_345);
    expect(findProject(path.join(root, 'mine')).folder).toBe(path.join(root, 'mine'));
  });
});

describe('fromProject', () => {
  const below = { calledIn: '/p/a/b', folder: '/p' };

  test.each([
    ['lab.yml', 'a/b/lab.yml'],
    ['../../catalog/lab.yml', 'catalog/lab.yml'],
    ['../../lab.yml', './lab.yml'],
    ['../../../other.yml', '../other.yml'],
    ['/tmp/lab.yml', '/tmp/lab.yml'],
  ])('%s → %s', (given, seen) => {
    expect(fromProject(below, given)).toBe(seen);
  });

  test('changes nothing in the project itself', () => {
    expect(fromProject({ calledIn: '/p', folder: '/p' }, './lab.yml')).toBe('./lab.yml');
  });
});
