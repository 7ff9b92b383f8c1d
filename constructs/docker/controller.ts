import { Network } from '@cdktf/provider-docker/lib/network';
import { Construct } from 'constructs';
import { type ControllerPorts, USUAL_PORTS } from '../../model/docker/controller-host';
import { parseInterfaceAddress } from '../../model/net/cidr';
import { checkCore } from '../core';
import { checked } from '../props-error';
import { isKnown } from '../tokens';
import type { Bind, PublishedPort } from './container-node-props';
import type { NotebookProps, PortableControllerProps, VersionedSecrets } from './controller-props';
import { ServiceContainer } from './service-container';

/** The label that has the certificate's fingerprint. */
const CERTIFICATE_LABEL = 'kakehashi:certificate';

/** The label that has the version of the secrets. */
const SECRETS_LABEL = 'kakehashi:secrets';

/**
 * NII's portable VC controller up to version 25, one container with all its processes, and beside it a notebook
 * (docs/reference/controller.md has where each fact comes from).
 *
 * @throws {@link PropsError}
 */
export class PortableController extends Construct {
  readonly network: Network;
  readonly controller: ServiceContainer;
  /** Absent without `notebook`. */
  readonly notebook?: ServiceContainer;

  constructor(scope: Construct, id: string, props: PortableControllerProps) {
    super(scope, id);
    checkCore(this);
    const { name, image, privateIpmask, notebook, labels = {}, stopSeconds = 60 } = props;
    if (isKnown(privateIpmask)) checked(this, 'privateIpmask', () => parseInterfaceAddress(privateIpmask));
    this.network = new Network(this, 'Network', {
      name,
      labels: Object.entries(labels).map(([label, value]) => ({ label, value })),
    });
    this.controller = new ServiceContainer(this, 'Occtr', {
      name,
      image,
      network: this.network,
      ports: controllerPorts(props),
      binds: controllerBinds(props),
      environment: {
        VCP_VCC_PRIVATE_IPMASK: privateIpmask,
        ...zone(props),
        ...props.environment,
      },
      ...secretsOf(props),
      stopSeconds,
      labels: {
        ...labels,
        [CERTIFICATE_LABEL]: props.certificateFingerprint,
        ...secretsLabel(props.secrets),
      },
    });
    if (notebook !== undefined) this.notebook = this.makeNotebook(notebook, props);
  }

  private makeNotebook(notebook: NotebookProps, props: PortableControllerProps): ServiceContainer {
    const { folders, labels = {}, stopSeconds = 60 } = props;
    const authority: readonly Bind[] =
      notebook.hasAuthority === false
        ? []
        : [
            {
              source: `${folders.cert}/ca.pem`,
              target: '/usr/local/share/ca-certificates/vcp_ca.crt',
              readOnly: true,
            },
          ];
    return new ServiceContainer(this, 'Notebook', {
      name: notebook.name,
      image: notebook.image,
      network: this.network,
      ports: [{ address: props.bind, external: portsOf(props).jupyter, internal: USUAL_PORTS.jupyter }],
      binds: [{ source: `${folders.data}/jupyter/work`, target: '/home/jovyan/work' }, ...authority],
      environment: { ...zone(props), ...notebook.environment },
      ...secretsOf(notebook),
      stopSeconds,
      // Without the certificate's: what its user has changed in the container would be lost with each certificate.
      labels: { ...labels, ...secretsLabel(notebook.secrets) },
    });
  }
}

function portsOf({ ports }: PortableControllerProps): ControllerPorts {
  return { ...USUAL_PORTS, ...ports };
}

/** Grafana is published without the proxy that is before it elsewhere: it serves the path /grafana/ itself. */
const GRAFANA = 3000;

function controllerPorts(props: PortableControllerProps): readonly PublishedPort[] {
  const { bind: address } = props;
  const { api, vault, grafana, serfRpc, serf } = portsOf(props);
  return [
    { address, external: grafana, internal: GRAFANA },
    { address, external: api, internal: USUAL_PORTS.api },
    { address, external: serfRpc, internal: USUAL_PORTS.serfRpc },
    { address, external: serf, internal: USUAL_PORTS.serf },
    { address, external: serf, internal: USUAL_PORTS.serf, protocol: 'udp' },
    { address, external: vault, internal: USUAL_PORTS.vault },
  ];
}

function controllerBinds({ folders }: PortableControllerProps): readonly Bind[] {
  return [
    { source: `${folders.data}/opt/occ/var`, target: '/opt/occ/var' },
    { source: `${folders.data}/opt/occ/.ssh`, target: '/opt/occ/.ssh' },
    { source: `${folders.data}/opt/occ/vc`, target: '/opt/occ/vc' },
    { source: folders.config, target: '/opt/occ/env/occtr/docker/config', readOnly: true },
    { source: folders.cert, target: '/opt/occ/etc/httpd/ssl_conf/cert', readOnly: true },
  ];
}

function zone({ timeZone }: PortableControllerProps): Readonly<Record<string, string>> {
  return timeZone === undefined ? {} : { TZ: timeZone };
}

function secretsOf({ secrets }: { readonly secrets?: VersionedSecrets }): {
  readonly secrets?: VersionedSecrets;
} {
  return secrets === undefined ? {} : { secrets };
}

function secretsLabel(secrets: VersionedSecrets | undefined): Readonly<Record<string, string>> {
  return secrets === undefined ? {} : { [SECRETS_LABEL]: secrets.version };
}
