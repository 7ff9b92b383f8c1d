import '../../../stacks/fast-tokens';
import { only, plainAddresses } from '../../support/synthesized';
import { nodeStack } from './lab';

const IGNORED = { ignore_changes: ['user', 'working_dir'] };

it('is one container, which runs until somebody stops it', () => {
  const stack = nodeStack();
  expect(plainAddresses(stack)).toEqual(['docker_container.Node', 'docker_image.Image']);
  expect(only(stack, 'docker_container')).toEqual({
    name: 'lab-web-web1',
    image: '${docker_image.Image.image_id}',
    network_mode: 'bridge',
    privileged: false,
    restart: 'unless-stopped',
    must_run: true,
    labels: [],
    lifecycle: IGNORED,
  });
});

it('has all that it is given', () => {
  const stack = nodeStack({
    environment: { A: '1', B: 'x y' },
    command: ['sleep', '1'],
    networkMode: 'bridge',
    ports: [
      { address: '10.0.2.31', external: 8080, internal: 80 },
      { address: '10.0.2.31', external: 53, internal: 53, protocol: 'udp' },
    ],
    privileged: true,
    volumes: { data: { name: 'lab-web-web1-data', mount: '/data', readOnly: true } },
    binds: [{ source: '/dev', target: '/dev' }],
    memoryMegabytes: 512,
    restart: 'always',
    user: '1000',
    workingDirectory: '/srv',
    resolver: {
      hostname: 'web1',
      servers: ['10.0.2.2'],
      search: ['example.org'],
      options: ['timeout:60'],
      hosts: { 'db.example.org': '10.0.2.20' },
    },
    gpus: true,
    labels: { 'kakehashi:node': 'web1' },
  });
  expect(plainAddresses(stack)).toEqual([
    'docker_container.Node',
    'docker_image.Image',
    'docker_volume.Node_Volume-data',
  ]);
  expect(only(stack, 'docker_volume')).toEqual({
    name: 'lab-web-web1-data',
    labels: [{ label: 'kakehashi:node', value: 'web1' }],
  });
  expect(only(stack, 'docker_container')).toEqual({
    name: 'lab-web-web1',
    image: '${docker_image.Image.image_id}',
    env: ['A=1', 'B=x y'],
    command: ['sleep', '1'],
    network_mode: 'bridge',
    ports: [
      { ip: '10.0.2.31', external: 8080, internal: 80, protocol: 'tcp' },
      { ip: '10.0.2.31', external: 53, internal: 53, protocol: 'udp' },
    ],
    privileged: true,
    volumes: [
      { volume_name: '${docker_volume.Node_Volume-data.name}', container_path: '/data', read_only: true },
      { host_path: '/dev', container_path: '/dev', read_only: false },
    ],
    memory: 512,
    memory_swap: 1024,
    restart: 'always',
    must_run: true,
    user: '1000',
    working_dir: '/srv',
    hostname: 'web1',
    dns: ['10.0.2.2'],
    dns_search: ['example.org'],
    dns_opts: ['timeout:60'],
    host: [{ host: 'db.example.org', ip: '10.0.2.20' }],
    gpus: 'all',
    labels: [{ label: 'kakehashi:node', value: 'web1' }],
    lifecycle: {},
  });
});

it('waits for its own health check, which is a label too, so that a changed one replaces the container', () => {
  const check = { test: ['CMD', 'true'], interval: '1m0s', timeout: '5s', retries: 3, start_period: '0s' };
  const { healthcheck, wait, wait_timeout, labels } = only(
    nodeStack({ health: { test: ['CMD', 'true'], intervalSeconds: 60 } }),
    'docker_container',
  );
  expect({ healthcheck, wait, wait_timeout }).toEqual({ healthcheck: check, wait: true, wait_timeout: 120 });
  const { start_period: startPeriod, ...rest } = check;
  expect(labels).toEqual([{ label: 'kakehashi:health', value: JSON.stringify({ ...rest, startPeriod }) }]);
});

it.each([
  [
    { networkMode: 'host', ports: [{ address: '127.0.0.1', external: 1, internal: 1 }] } as const,
    'ports: must be empty with networkMode host: the container has the ports of the host',
  ],
  [{ memoryMegabytes: 5 }, 'memoryMegabytes: must be at least 6, which the engine needs, got 5'],
  [{ health: { test: ['true'] } }, 'health: must be CMD or CMD-SHELL and a command, got ["true"]'],
  [{ health: { test: ['CMD'] } }, 'health: must be CMD or CMD-SHELL and a command, got ["CMD"]'],
])('refuses %j', (props, problem) => {
  expect(() => nodeStack(props)).toThrow(`stack/Node: ${problem}`);
});

it('takes the least memory', () => {
  expect(only(nodeStack({ memoryMegabytes: 6 }), 'docker_container')).toMatchObject({
    memory: 6,
    memory_swap: 12,
  });
});
