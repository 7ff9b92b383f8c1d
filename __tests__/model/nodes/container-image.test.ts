import fc from 'fast-check';
import { ContainerImage } from '../../../model/nodes/container-image';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

it.each([
  ['alpine', undefined, 'alpine', undefined, undefined],
  ['vcp/base:1.8.1-alpine3.13-x86_64', undefined, 'vcp/base', '1.8.1-alpine3.13-x86_64', undefined],
  ['harbor.vcloud.nii.ac.jp/vcp/base:1', 'harbor.vcloud.nii.ac.jp', 'vcp/base', '1', undefined],
  ['localhost/x', 'localhost', 'x', undefined, undefined],
  ['localhost:5000/x', 'localhost:5000', 'x', undefined, undefined],
  ['registry:5000/a/b__c/d-e', 'registry:5000', 'a/b__c/d-e', undefined, undefined],
  [`a/b@${DIGEST}`, undefined, 'a/b', undefined, DIGEST],
  [`10.0.2.15:5000/a:t@${DIGEST}`, '10.0.2.15:5000', 'a', 't', DIGEST],
])('reads %s', (text, host, repository, tag, digest) => {
  const image = ContainerImage.parse(text);
  expect([image.host, image.repository, image.tag, image.digest]).toEqual([host, repository, tag, digest]);
  expect(String(image)).toBe(text);
});

it.each([
  '',
  'A/b',
  'a//b',
  'a:',
  'a:b:c',
  '/a',
  'a/',
  'a b',
  'https://x.y/a',
  'a@md5:00',
  `a@${DIGEST}@${DIGEST}`,
  'a:-x',
  '$(id)',
  "a'b",
  'a\n',
])('refuses %j', (text) => {
  expect(() => ContainerImage.parse(text)).toThrow(
    /^must be a container image like vcp\/base:1\.8\.1-alpine3\.13-x86_64, got /,
  );
});

it.each([
  ['vcp/base:1.8.1-alpine3.13-x86_64', 'x86_64'],
  ['harbor.vcloud.nii.ac.jp/vcp/base:1.10-ubuntu22.04-aarch64-2', 'arm64'],
  ['mirror.example.org/all/vcp/base:2.0-rocky9-arm64', 'arm64'],
  ['vcp/base:2.0-rocky9-amd64-rc.1', 'x86_64'],
  ['vcp/base:latest', undefined],
  ['vcp/base:1.8.1-alpine3.13-mips', undefined],
  ['vcp/base', undefined],
  ['other/image:1.8.1-alpine3.13-x86_64', undefined],
  ['xvcp/base:1.8.1-alpine3.13-x86_64', undefined],
])('the architecture of %s is %s', (text, architecture) => {
  expect(ContainerImage.parse(text).baseArchitecture).toBe(architecture);
});

it('goes to a registry unless it names one', () => {
  const image = ContainerImage.parse('vcp/base:1-a-x86_64');
  expect(String(image.inRegistry('harbor.example.org'))).toBe('harbor.example.org/vcp/base:1-a-x86_64');
  expect(String(image.inRegistry('10.0.2.15:5000').inRegistry('other.org'))).toBe(
    '10.0.2.15:5000/vcp/base:1-a-x86_64',
  );
  for (const host of ['', 'https://x.y', 'plain', 'x.y/z', 'x.y:', '-x.y', 'x.y\n']) {
    expect(() => image.inRegistry(host)).toThrow(
      "must be a registry's host like harbor.example.org or localhost:5000",
    );
  }
});

it.each([
  ['vcp/base:1.8.1-alpine3.13-x86_64', 'harbor.vcloud.nii.ac.jp/vcp/base:1.8.1-alpine3.13-x86_64'],
  ['harbor.example.org/vcp/base:1', 'harbor.example.org/vcp/base:1'],
  ['library/ubuntu:24.04', 'library/ubuntu:24.04'],
  ['ubuntu', 'ubuntu'],
])('is looked for where it usually is: %s', (text, usual) => {
  expect(String(ContainerImage.parse(text).inUsualRegistry)).toBe(usual);
});

it('prints what it read', () => {
  const name = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const parts = fc.record({
    host: fc.option(fc.constantFrom('a.example', 'localhost:5000', '10.0.0.1:443')),
    path: fc.array(name, { minLength: 1, maxLength: 4 }),
    tag: fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/)),
    digest: fc.boolean(),
  });
  fc.assert(
    fc.property(parts, ({ host, path, tag, digest }) => {
      const tail = `${path.join('/')}${tag === null ? '' : `:${tag}`}${digest ? `@${DIGEST}` : ''}`;
      // A first part of a path is a host where it is called so.
      fc.pre(path[0] !== 'localhost');
      const text = host === null ? tail : `${host}/${tail}`;
      const image = ContainerImage.parse(text);
      expect(String(image)).toBe(text);
      expect(image.host).toBe(host ?? undefined);
    }),
  );
});
