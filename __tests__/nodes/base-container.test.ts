import { createHash } from 'node:crypto';
import { NodeOnDisk } from './node-on-disk';
import { sampleContainer, sampleNode } from './sample-node';

const IMAGE = 'harbor.example.org/vcp/base:1.8.1-alpine3.13-x86_64';
/** What VCP runs, word by word. */
const VCP = `docker run -d --privileged --net=host -v /dev:/dev -e MY_PRIVATE_IP -e VCCCTR_IPADDR -e SERF_NODE_ID -e VCCC_ID`;

const TOP = 'PID COMMAND\n10 /sbin/init\n11 /usr/sbin/sshd   -D\n12 /sbin/init\n';

/** Docker without the container at first. A call of `run` notes the variables that it would hand on. */
const DOCKER = `case "$1 $2" in
  "container inspect") [ -e "$KAKEHASHI_ROOT/made" ] ;;
  "image inspect") [ -e "$KAKEHASHI_ROOT/loaded" ] ;;
  "run -d") touch "$KAKEHASHI_ROOT/made"; env >"$KAKEHASHI_ROOT/environment" ;;
  "top kakehashi-base") cat "$KAKEHASHI_ROOT/top" ;;
  "login --username") cat >"$KAKEHASHI_ROOT/password" ;;
  "pull --quiet") env >"$KAKEHASHI_ROOT/environment"; echo x >>"$KAKEHASHI_ROOT/pulls"; [ "$(wc -l <"$KAKEHASHI_ROOT/pulls")" -gt 1 ] ;;
  "load --input") cp "$3" "$KAKEHASHI_ROOT/loaded" ;;
esac`;

let node: NodeOnDisk;
function prepare(
  container: Parameters<typeof sampleContainer>[0],
  changes: Parameters<typeof sampleNode>[0] = {},
): void {
  node = new NodeOnDisk(sampleNode({ container: sampleContainer(container), ...changes }));
  node.write('/run/kakehashi/address.env', 'KAKEHASHI_ADDRESS=172.30.2.7\n');
  node.stub('docker', DOCKER);
  // The container's sshd answers.
  node.stub('timeout', '');
  node.write('top', TOP);
}
afterEach(() => node.remove());

/** The words of a call, as the shell reads them back. */
async function wordsOf(call: string | undefined): Promise<readonly string[]> {
  const { output } = await node.shell(`printf '%s\\0' ${call ?? ''}`);
  return output.split('\0').slice(0, -1);
}

const runCall = (): string | undefined => node.calls('docker').find((call) => call.startsWith('docker run'));
const variable = (name: string): string | undefined =>
  new RegExp(`^${name}=(.*)$`, 'm').exec(node.read('environment') ?? '')?.[1];

it('runs the container as VCP does, word by word', async () => {
  prepare({});
  expect((await node.run('base-container', ['start'])).code).toBe(0);
  const words = await wordsOf(runCall());
  const vcp = VCP.split(' ');
  expect(words.slice(0, vcp.length)).toEqual(vcp);
  const keys = Buffer.from(
    String(words[vcp.length + 1]).replace('AUTHORIZED_KEYS=', ''),
    'base64',
  ).toString();
  expect(keys.split('\n')).toEqual([...sampleNode().sshKeys.map(String), '']);
  expect(words.slice(vcp.length)).toEqual([
    '-e',
    `AUTHORIZED_KEYS=${Buffer.from(keys).toString('base64')}`,
    '--name',
    'kakehashi-base',
    IMAGE,
  ]);
  expect(['MY_PRIVATE_IP', 'VCCCTR_IPADDR', 'SERF_NODE_ID', 'VCCC_ID'].map(variable)).toEqual([
    '172.30.2.7',
    '10.0.2.15',
    'workers-n1',
    'dev',
  ]);
});

it('hands on what a spec gives besides, whatever is in it', async () => {
  prepare({
    privileged: false,
    volumes: ["/it's:/here:ro"],
    environment: { NFS_AUTOSTART: 'true', AUTHORIZED_KEYS: 'b3du', X: 'two "words"\n$HOME' },
    secretEnvironment: { TOKEN: 'dev/token' },
    options: {
      dns: ['10.0.2.2'],
      dnsSearch: ['a.b'],
      addHost: ['c:10.0.2.15'],
      hostname: 'n1',
      gpus: 2,
      options: ['--shm-size', '1 g'],
    },
  });
  node.write('/run/kakehashi/secrets.env', 'TOKEN=the\\ secret\n');
  expect((await node.run('base-container', ['start'])).code).toBe(0);
  expect((await wordsOf(runCall())).join('|')).toBe(
    [
      'docker|run|-d|--net=host|-v|/dev:/dev|-e|MY_PRIVATE_IP|-e|VCCCTR_IPADDR|-e|SERF_NODE_ID|-e|VCCC_ID',
      '-e|AUTHORIZED_KEYS=b3du|-e|NFS_AUTOSTART=true|-e|X=two "words"\n$HOME|-e|TOKEN',
      "-v|/it's:/here:ro|--dns|10.0.2.2|--dns-search|a.b|--add-host|c:10.0.2.15|--hostname|n1|--gpus|2|--shm-size|1 g",
      `--name|kakehashi-base|${IMAGE}`,
    ].join('|'),
  );
  expect(variable('TOKEN')).toBe('the secret');
});

it('names a node of an elastic group by its instance', async () => {
  prepare({}, { kind: 'elastic', node: undefined });
  node.write('/usr/local/lib/kakehashi/cloud.sh', 'cloud_node_name() { echo i-0123; }\n');
  await node.run('base-container', ['start']);
  expect(variable('SERF_NODE_ID')).toBe('workers-i-0123');
});

it('notes the services before the script of the user runs, and runs it at each start', async () => {
  prepare({
    userInit: {
      text: '#!/bin/sh\nwc -l <"$KAKEHASHI_ROOT/run/kakehashi/services" >>"$KAKEHASHI_ROOT/ran"\nexit 3\n',
    },
  });
  const { code, output } = await node.run('base-container', ['start']);
  expect(code).toBe(0);
  expect(output).toContain('kakehashi-base-container: user_init_command ended with 3\n');
  expect(node.read('/run/kakehashi/services')).toBe('/sbin/init\n/usr/sbin/sshd -D\n');
  expect(node.calls('docker').filter((call) => / run | start /.test(call))).toHaveLength(1);
  await node.run('base-container', ['start']);
  expect(node.calls('docker').filter((call) => / run | start /.test(call))).toEqual([
    'docker start kakehashi-base',
  ]);
  expect(node.read('ran')?.trim().split(/\s+/)).toEqual(['2', '2']);
});

it('pulls the image after a log-in whose password is in no argument and no file that stays', async () => {
  prepare({ registry: { host: 'harbor.example.org', user: 'dev/user', password: 'dev/password' } });
  node.write('/run/kakehashi/secrets.env', 'REGISTRY_USER=robot\nREGISTRY_PASSWORD=the\\ password\n');
  expect((await node.run('base-container', ['start'])).code).toBe(0);
  expect(node.read('password')).toBe('the password');
  expect(variable('DOCKER_CONFIG')).toBe(`${node.root}/run/kakehashi/docker-config`);
  const calls = node.calls('docker').map((call) => call.split(' ').slice(0, 4).join(' '));
  expect(calls.slice(0, 5)).toEqual([
    'docker container inspect kakehashi-base',
    `docker image inspect ${IMAGE}`,
    'docker login --username robot',
    `docker pull --quiet ${IMAGE}`,
    // The registry did not answer the first time.
    `docker pull --quiet ${IMAGE}`,
  ]);
});

describe('from a bucket', () => {
  const object = (key: string, text: string) => ({
    bucket: 'dev-bucket',
    key,
    region: 'ap-northeast-1',
    sha256: createHash('sha256').update(text).digest('hex'),
  });
  /** A bucket in which each object's text is its key. */
  const bucket = (): void =>
    node.write(
      '/usr/local/lib/kakehashi/cloud.sh',
      'cloud_object() { echo "$1 $2 $3" >>"$root/fetched"; printf "%s" "$3" >"$4"; }\n',
    );

  it('loads the image and runs the script, when they have the digests that were declared', async () => {
    const script = '#!/bin/bash';
    prepare({ bundle: object('base.tar', 'base.tar'), userInit: { s3: object(script, script) } });
    bucket();
    expect(await node.run('base-container', ['start'])).toMatchObject({ code: 0 });
    expect(node.read('fetched')).toBe(
      `ap-northeast-1 dev-bucket base.tar\nap-northeast-1 dev-bucket ${script}\n`,
    );
    expect(node.read('loaded')).toBe('base.tar');
    expect(node.read('/var/lib/kakehashi/image.tar')).toBeUndefined();
    expect(node.read('/var/lib/kakehashi/user-init')).toBe(script);
    expect(node.calls('docker').some((call) => call.includes('pull'))).toBe(false);
  });

  it('takes nothing that has another digest', async () => {
    prepare({ bundle: object('base.tar', 'something else') });
    bucket();
    const { code, output } = await node.run('base-container', ['start']);
    expect(code).toBe(1);
    expect(output).toContain('kakehashi-base-container: s3://dev-bucket/base.tar has another digest than ');
    expect(node.calls('docker').some((call) => / load | run /.test(call))).toBe(false);
    expect(node.read('/var/lib/kakehashi/image.tar')).toBeUndefined();
  });
});

it('stops the container with time for its processes', async () => {
  prepare({});
  expect((await node.run('base-container', ['stop'])).code).toBe(0);
  expect(node.calls('docker')).toEqual(['docker stop -t 30 kakehashi-base']);
  expect(await node.run('base-container', [])).toEqual({
    code: 64,
    output: 'usage: kakehashi-base-container start | stop\n',
  });
});
