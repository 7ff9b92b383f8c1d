import type { DockerHost } from '../../../model/docker/docker-host';
import type { EnvironmentVariable } from '../../nodes/environment-variables';
import type { GroupPlace } from '../../nodes/group-place';
import type { Draft } from '../../shape/shape';
import type { Place } from '../../source/place';
import type { Bind, HealthSpec, Port, Resolver } from './group';
import type { DOCKER_GROUP } from './keys';

/** A group as far as it could be read. */
export interface GroupDraft {
  /** `nodes/workers`. */
  readonly key: string;
  readonly source: GroupPlace;
  readonly keys: Draft<typeof DOCKER_GROUP>;
  readonly hosts: readonly HostDraft[];
  /** Whether its containers are VCP's base container, each with the network of its host. */
  readonly isBase: boolean;
  readonly environment: readonly EnvironmentVariable[];
  readonly binds: readonly Bind[];
  readonly ports: readonly Port[];
  readonly resolver: Resolver;
  readonly health?: HealthSpec;
}

/** A host that could be read. */
export interface HostDraft {
  /** `nodes/workers/web1`. */
  readonly key: string;
  readonly name: string;
  readonly host: DockerHost;
  readonly address: string;
  readonly card?: string;
  /** Of the host, or of its address in `ip_address_list`. */
  readonly place: Place;
  /** Of its address. */
  readonly addressPlace: Place;
}
