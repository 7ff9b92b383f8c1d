import { type DockerHost, DockerHosts, LOADED } from './docker-host';

let hosts: DockerHosts;
let host: DockerHost;
beforeEach(() => {
  hosts = new DockerHosts();
  host = hosts.host();
});
afterEach(() => hosts.remove());

const DIGEST = `sha256:${'12'.repeat(32)}`;

it('pulls by tag and by digest, and finds one image by both', async () => {
  const tagged = await host.make('image', { name: 'lab/web:1' });
  expect(tagged.repo_digest).toMatch(/^lab\/web@sha256:[0-9a-f]{64}$/);
  expect(tagged.id).toBe(`${tagged.image_id}lab/web:1`);
  const digested = await host.make('image', { name: String(tagged.repo_digest) });
  expect(digested.image_id).toBe(tagged.image_id);
  const both = await host.make('image', { name: `lab/web:2@${DIGEST}` });
  expect(both.repo_digest).toBe(`lab/web@${DIGEST}`);
  expect(host.names('image')).toHaveLength(2);
});

it('has no digest for an image that was loaded by hand, which its id names', async () => {
  const loaded = await host.make('image', { name: LOADED });
  expect(loaded).toMatchObject({ image_id: LOADED, repo_digest: '' });
  expect((await host.container('web')).image).toBe(LOADED);
});

it('shows a container the name or the id of its image, as it was asked for', async () => {
  const { image_id } = await host.make('image', { name: 'lab/web:1' });
  expect((await host.container('one', { image: 'lab/web:1' })).image).toBe('lab/web:1');
  expect((await host.container('two', { image: image_id ?? null })).image).toBe(image_id);
});

it.each([
  [
    'lab.invalid/web:1',
    'unable to pull image lab.invalid/web:1: error pulling image lab.invalid/web:1: Error response from daemon: Get "https://lab.invalid/v2/": dial tcp: lookup lab.invalid: no such host',
  ],
  [
    'sha256:abc',
    "unable to pull image sha256:abc: error pulling image sha256:abc: Error response from daemon: pull access denied for sha256, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
  ],
  [
    'Lab',
    'findImage1: error looking up local image "Lab": unable to inspect image Lab: Error response from daemon: invalid reference format: repository name (library/Lab) must be lowercase',
  ],
])('does not find %s', async (name, words) => {
  expect(await host.refusal('image', { name })).toBe(`Unable to read Docker image into resource: ${words}`);
  expect(await host.refusedContainer({ image: name })).toBe(
    `Unable to create container with image ${name}: ${words}`,
  );
});

it('says that it builds nothing', async () => {
  expect(await host.refusal('image', { name: 'lab/web:1', build: [{ context: '.' }] })).toContain(
    'The sandbox does not build images',
  );
});

it('takes the name of an image away at destroy, unless it is kept locally', async () => {
  const [kept, gone] = [
    await host.make('image', { name: 'lab/kept:1', keep_locally: true }),
    await host.make('image', { name: 'lab/gone:1' }),
  ];
  expect(await host.remove('image', kept)).toBe('');
  expect(await host.remove('image', gone)).toBe('');
  expect(host.names('image')).toEqual([kept.image_id]);
  expect(host.read('image', gone)).toBeNull();
});

it('removes the last name of an image in use only by force, and then keeps the image', async () => {
  const image = await host.make('image', { name: 'lab/web:1' });
  const { id } = await host.container('web', { image: 'lab/web:1' });
  expect(await host.remove('image', image)).toBe(
    `Unable to remove Docker image: Error response from daemon: conflict: unable to remove repository reference "lab/web:1" (must force) - container ${String(id).slice(0, 12)} is using its referenced image ${String(image.image_id).slice(7, 19)}`,
  );
  expect(await host.remove('image', { ...image, force_remove: true })).toBe('');
  expect(host.read('image', image)).toBeNull();
  expect(host.names('image')).toEqual([image.image_id]);
});

it('removes one name of several of an image in use', async () => {
  const tagged = await host.make('image', { name: 'lab/web:1' });
  const image = host.log.get('docker_image', host.host, String(tagged.image_id));
  if (image === undefined) throw new Error('no image');
  host.log.put({ ...image, attributes: { ...image.attributes, repo_tags: ['lab/web:1', 'other:1'] } });
  await host.container('web', { image: 'other:1' });
  expect(await host.remove('image', tagged)).toBe('');
  expect(host.log.get('docker_image', host.host, image.id)?.attributes.repo_tags).toEqual(['other:1']);
});

it('does not remove by its id an image that a running container has', async () => {
  const image = await host.make('image', { name: LOADED });
  const web = await host.container('web');
  expect(await host.remove('image', { ...image, force_remove: true })).toContain(
    '(cannot be forced) - image is being used by running container',
  );
  await host.remove('container', web);
  await host.container('job', { command: ['true'], must_run: false });
  expect(await host.remove('image', image)).toContain(
    '(must be forced) - image is being used by stopped container',
  );
  expect(await host.remove('image', { ...image, force_remove: true })).toBe('');
});

it('follows a tag that was moved by hand without a change', async () => {
  const image = await host.make('image', { name: 'lab/web:1' });
  const old = host.log.get('docker_image', host.host, String(image.image_id));
  if (old === undefined) throw new Error('no image');
  host.log.put({ ...old, attributes: { ...old.attributes, repo_tags: [] } });
  host.log.put({ ...old, id: LOADED, attributes: { ...old.attributes, id: LOADED, repo_digests: [] } });
  expect(host.read('image', image)).toMatchObject({ id: `${LOADED}lab/web:1`, image_id: LOADED });
});
