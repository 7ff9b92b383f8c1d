import { imageIdIn, parseReference } from '../../../sandbox/docker/image-reference';

const DIGITS = 'a1'.repeat(32);

it.each([
  ['nginx', { registry: 'docker.io', name: 'nginx', tag: 'latest' }],
  ['library/nginx:1', { registry: 'docker.io', name: 'nginx', tag: '1' }],
  [
    'vcp/base:1.8.1-alpine3.13-x86_64',
    { registry: 'docker.io', name: 'vcp/base', tag: '1.8.1-alpine3.13-x86_64' },
  ],
  ['localhost/a', { registry: 'localhost', name: 'localhost/a', tag: 'latest' }],
  ['host:5000/a/b', { registry: 'host:5000', name: 'host:5000/a/b', tag: 'latest' }],
  [
    `quay.io/a:1@sha256:${DIGITS}`,
    { registry: 'quay.io', name: 'quay.io/a', tag: '1', digest: `sha256:${DIGITS}` },
  ],
])('reads %s', (text, reference) => {
  expect(parseReference(text)).toEqual(reference);
});

it.each(['', 'a:', 'a@sha256:12', 'a//b', '-a', 'a:1:2', `a@sha256:${DIGITS}@x`])('refuses %j', (text) => {
  expect(() => parseReference(text)).toThrow('invalid reference format');
});

it('knows an id, with its algorithm and without', () => {
  expect(imageIdIn(DIGITS)).toBe(`sha256:${DIGITS}`);
  expect(imageIdIn(`sha256:${DIGITS}`)).toBe(`sha256:${DIGITS}`);
  expect(imageIdIn(`sha256:${DIGITS.slice(1)}`)).toBeUndefined();
  expect(imageIdIn(`a@sha256:${DIGITS}`)).toBeUndefined();
});
