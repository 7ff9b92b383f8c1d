import '../../../stacks/fast-tokens';
import { ContainerImage } from '../../../constructs/docker/container-image';
import { only } from '../../support/synthesized';
import { dockerStack } from './lab';

const REFERENCE = `harbor.example.org/vcp/base@sha256:${'a'.repeat(64)}`;

it('is pulled by its digest, and stays on the host when it is destroyed', () => {
  const stack = dockerStack((scope) => {
    new ContainerImage(scope, 'Image', { reference: REFERENCE });
  });
  expect(only(stack, 'docker_image')).toEqual({ name: REFERENCE, keep_locally: true });
});

it('is nothing of the stack where it is on the host already', () => {
  const id = `sha256:${'b'.repeat(64)}`;
  const stack = dockerStack((scope) => {
    expect(ContainerImage.fromImageId(scope, 'Image', id).imageId).toBe(id);
  });
  expect(stack.resource).toBeUndefined();
});

it('refuses a tag alone, which somebody may move', () => {
  expect(() =>
    dockerStack((scope) => new ContainerImage(scope, 'Image', { reference: 'vcp/base:1' })),
  ).toThrow('stack/Image: reference: must end with @sha256:… and 64 hexadecimal digits, got "vcp/base:1"');
});

it('refuses what is no id', () => {
  expect(() => dockerStack((scope) => ContainerImage.fromImageId(scope, 'Image', 'abc'))).toThrow(
    'stack/Image: imageId: must be sha256: and 64 hexadecimal digits, got "abc"',
  );
});
