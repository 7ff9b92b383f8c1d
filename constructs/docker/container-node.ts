import {
  Container,
  type ContainerHealthcheck,
  type ContainerVolumes,
} from '@cdktf/provider-docker/lib/container';
import { Volume } from '@cdktf/provider-docker/lib/volume';
import { Construct } from 'constructs';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import type { ContainerNodeProps, HealthCheck } from './container-node-props';
import { goDuration } from './go-duration';

/** Labels of a kind that the provider takes. */
type Labels = { label: string; value: string }[];

/** The label that has the health check as text. */
const HEALTH_LABEL = 'kakehashi:health';

/**
 * A node that is a container of a Docker host, with its volumes.
 *
 * What works otherwise than one would think in the provider (kreuzwerker/docker 3.6.2 and 4.5.0, tried) is settled here:
 *
 * - With `memory` alone each plan changes `memory_swap`: it is always twice the memory, which is the engine's own default.
 * - A changed health check is planned in place, and the engine keeps the old one: it is a label, too, which replaces the container.
 * - `wait` without a health check starts the container and then fails: it is set where there is one, and only there.
 * - The user and the folder of the image are not known here: unless they are given, what the engine says of them is not compared.
 *
 * @throws {@link PropsError}
 */
export class ContainerNode extends Construct {
  readonly container: Container;
  readonly volumes: Readonly<Record<string, Volume>>;

  constructor(scope: Construct, id: string, props: ContainerNodeProps) {
    super(scope, id);
    checkCore(this);
    this.check(props);
    const { health, labels = {}, memoryMegabytes: memory, networkMode = 'bridge', resolver = {} } = props;
    const ownLabels = labelList(labels);
    this.volumes = Object.fromEntries(
      Object.entries(props.volumes ?? {}).map(([key, { name }]) => [
        key,
        new Volume(this, `Volume-${key}`, { name, labels: ownLabels }),
      ]),
    );
    this.container = new Container(this, 'Resource', {
      name: props.name,
      image: props.image.imageId,
      env: environmentList(props.environment),
      command: given(props.command),
      networkMode,
      ports: given(
        (props.ports ?? []).map(({ address, external, internal, protocol = 'tcp' }) => ({
          ip: address,
          external,
          internal,
          protocol,
        })),
      ),
      privileged: props.privileged ?? false,
      volumes: given(this.mounts(props)),
      memory,
      memorySwap: memory === undefined ? undefined : 2 * memory,
      restart: props.restart ?? 'unless-stopped',
      mustRun: true,
      healthcheck: health === undefined ? undefined : healthcheck(health),
      wait: health === undefined ? undefined : true,
      waitTimeout: health === undefined ? undefined : (health.waitSeconds ?? 120),
      user: props.user,
      workingDir: props.workingDirectory,
      hostname: resolver.hostname,
      dns: given(resolver.servers),
      dnsSearch: given(resolver.search),
      dnsOpts: given(resolver.options),
      host: given(Object.entries(resolver.hosts ?? {}).map(([host, ip]) => ({ host, ip }))),
      gpus: props.gpus === true ? 'all' : undefined,
      labels: labelList(
        health === undefined ? labels : { ...labels, [HEALTH_LABEL]: JSON.stringify(healthcheck(health)) },
      ),
      lifecycle: { ignoreChanges: given(ofTheImage(props)) },
    });
  }

  private check({ ports = [], networkMode, memoryMegabytes, health }: ContainerNodeProps): void {
    if (networkMode === 'host' && ports.length > 0)
      refuse(this, 'ports: must be empty with networkMode host: the container has the ports of the host');
    if (memoryMegabytes !== undefined && memoryMegabytes < 6)
      refuse(this, `memoryMegabytes: must be at least 6, which the engine needs, got ${memoryMegabytes}`);
    const [kind] = health?.test ?? ['CMD'];
    if (health !== undefined && (!/^CMD(-SHELL)?$/.test(kind ?? '') || health.test.length < 2))
      refuse(this, `health: must be CMD or CMD-SHELL and a command, got ${JSON.stringify(health.test)}`);
  }

  private mounts({ volumes = {}, binds = [] }: ContainerNodeProps): readonly ContainerVolumes[] {
    return [
      ...Object.entries(volumes).map(([key, { mount, readOnly = false }]) => ({
        volumeName: this.volumes[key]?.name,
        containerPath: mount,
        readOnly,
      })),
      ...binds.map(({ source, target, readOnly = false }) => ({
        hostPath: source,
        containerPath: target,
        readOnly,
      })),
    ];
  }
}

function healthcheck(health: HealthCheck): ContainerHealthcheck {
  return {
    test: [...health.test],
    interval: goDuration(health.intervalSeconds ?? 10),
    timeout: goDuration(health.timeoutSeconds ?? 5),
    retries: health.retries ?? 3,
    startPeriod: goDuration(health.startPeriodSeconds ?? 0),
  };
}

function environmentList(environment: ContainerNodeProps['environment'] = {}): string[] | undefined {
  return given(Object.entries(environment).map(([name, value]) => `${name}=${value}`));
}

function labelList(labels: Readonly<Record<string, string>>): Labels {
  return Object.entries(labels).map(([label, value]) => ({ label, value }));
}

/** What the image says, and the provider reads back. */
function ofTheImage({ user, workingDirectory }: ContainerNodeProps): string[] {
  return [
    ...(user === undefined ? ['user'] : []),
    ...(workingDirectory === undefined ? ['working_dir'] : []),
  ];
}

/** An empty list is not written. */
function given<T>(values: readonly T[] | undefined): T[] | undefined {
  return values === undefined || values.length === 0 ? undefined : [...values];
}
