import { TerraformStack, Testing } from 'cdktf';
import { ContainerHost } from '../../../constructs/docker/container-host';
import { ContainerImage } from '../../../constructs/docker/container-image';
import { ContainerNode } from '../../../constructs/docker/container-node';
import type { ContainerNodeProps } from '../../../constructs/docker/container-node-props';
import { type Synthesized, withoutComments } from '../../support/synthesized';

const DIGEST = 'a'.repeat(64);
const REFERENCE = `harbor.example.org/vcp/base@sha256:${DIGEST}`;

/** Builds one stack with a host, and synthesizes it with validation. */
export function dockerStack(build: (stack: TerraformStack) => void): Synthesized {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new ContainerHost(stack, 'Host', { host: { kind: 'socket', path: '/var/run/docker.sock' } });
  build(stack);
  // cdktf's hashes in references are no part of what is tested.
  const text = Testing.synth(stack, true).replaceAll(/_[0-9A-F]{8}(?=[."])/g, '');
  return withoutComments(JSON.parse(text)) as Synthesized;
}

/** A stack with one node, from an image that is pulled. */
export function nodeStack(props: Partial<ContainerNodeProps> = {}): Synthesized {
  return dockerStack((stack) => {
    const image = new ContainerImage(stack, 'Image', { reference: REFERENCE });
    new ContainerNode(stack, 'Node', { name: 'lab-web-web1', image, ...props });
  });
}
