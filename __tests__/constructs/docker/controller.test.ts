import '../../../stacks/fast-tokens';
import { TerraformVariable } from 'cdktf';
import { ContainerImage } from '../../../constructs/docker/container-image';
import { PortableController } from '../../../constructs/docker/controller';
import type { PortableControllerProps } from '../../../constructs/docker/controller-props';
import { PropsError } from '../../../constructs/props-error';
import { only, plainAddresses } from '../../support/synthesized';
import { dockerStack } from './lab';

const FOLDERS = { data: '/srv/data', config: '/srv/config', cert: '/srv/cert' };
const IMAGE = `harbor.example.org/vcp/occtr@sha256:${'a'.repeat(64)}`;

const controllerStack = (props: Partial<PortableControllerProps> = {}) =>
  dockerStack((stack) => {
    const image = new ContainerImage(stack, 'Image', { reference: IMAGE });
    new PortableController(stack, 'Controller', {
      name: 'vcc',
      image,
      privateIpmask: '10.0.2.15/24',
      bind: '10.0.2.15',
      folders: FOLDERS,
      certificateFingerprint: 'f1',
      ...props,
    });
  });

it('is a container in a network of its own, with ports at one address, and nothing of the image changed', () => {
  const stack = controllerStack();
  expect(plainAddresses(stack)).toEqual([
    'docker_container.Controller_Occtr',
    'docker_image.Image',
    'docker_network.Controller_Network',
  ]);
  expect(only(stack, 'docker_network')).toEqual({ name: 'vcc', labels: [] });
  const container = only(stack, 'docker_container') as Record<string, unknown>;
  expect(container).toMatchObject({
    name: 'vcc',
    image: '${docker_image.Image.image_id}',
    env: ['VCP_VCC_PRIVATE_IPMASK=10.0.2.15/24'],
    networks_advanced: [{ name: '${docker_network.Controller_Network.name}' }],
    restart: 'unless-stopped',
    stop_timeout: 60,
    destroy_grace_seconds: 60,
    lifecycle: { ignore_changes: ['user', 'working_dir'] },
  });
  expect(Object.keys(container).filter((key) => ['entrypoint', 'command', 'user'].includes(key))).toEqual([]);
});

it('takes tokens for what is known later', () => {
  const stack = dockerStack((scope) => {
    const image = new ContainerImage(scope, 'Image', { reference: IMAGE });
    const text = (name: string) => new TerraformVariable(scope, name, { type: 'string' }).stringValue;
    new PortableController(scope, 'Controller', {
      name: 'vcc',
      image,
      privateIpmask: text('ipmask'),
      bind: text('bind'),
      folders: { data: text('data'), config: '/srv/config', cert: '/srv/cert' },
      certificateFingerprint: text('fingerprint'),
      secrets: { file: `${text('folder')}/x.env`, start: ['/start'], version: text('version') },
    });
  });
  expect(only(stack, 'docker_container')).toMatchObject({
    env: ['VCP_VCC_PRIVATE_IPMASK=${var.ipmask}'],
    mounts: expect.arrayContaining([
      { type: 'bind', source: '${var.data}/opt/occ/var', target: '/opt/occ/var', read_only: false },
      { type: 'bind', source: '${var.folder}/x.env', target: '/run/kakehashi/environment', read_only: true },
    ]),
    labels: expect.arrayContaining([
      { label: 'kakehashi:certificate', value: '${var.fingerprint}' },
      { label: 'kakehashi:secrets', value: '${var.version}' },
    ]),
  });
});

it.each<[string, Partial<PortableControllerProps>, string]>([
  [
    'an address without a prefix length',
    { privateIpmask: '10.0.2.15' },
    'stack/Controller: privateIpmask: must be an IPv4 address with a prefix length like 10.0.2.15/24, got "10.0.2.15"; did you mean "10.0.2.15/32"?',
  ],
  [
    'secrets without what is started',
    { secrets: { file: '/srv/x.env', start: [], version: '1' } },
    "stack/Controller/Occtr: secrets.start: must be the image's own entrypoint and command, got none",
  ],
  [
    'two ports that are one',
    { ports: { api: 8443 } },
    'stack/Controller/Occtr: ports: must be distinct, got 10.0.2.15:8443/tcp twice',
  ],
])('refuses %s', (_, props, message) => {
  expect(() => controllerStack(props)).toThrow(PropsError);
  expect(() => controllerStack(props)).toThrow(message);
});
