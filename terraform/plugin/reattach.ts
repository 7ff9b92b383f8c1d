import type { PluginAddress } from './address';

/** A provider that runs already. */
export interface AttachedProvider {
  /** The version of Terraform's plugin protocol that it speaks. */
  readonly protocolVersion: 5 | 6;
  readonly listen: PluginAddress;
}

/** One provider in the value of TF_REATTACH_PROVIDERS. */
interface Entry {
  readonly Protocol: 'grpc';
  readonly ProtocolVersion: number;
  readonly Pid: number;
  /** Terraform leaves the process alone at the end. Without it, Terraform would kill it, and panic if it is its own parent. */
  readonly Test: true;
  readonly Addr: { readonly Network: PluginAddress['network']; readonly String: string };
}

/**
 * The value of TF_REATTACH_PROVIDERS, which makes Terraform and OpenTofu use running providers.
 *
 * @param providers by source address: `registry.terraform.io/hashicorp/aws`. @param pid the process that serves them
 */
export function reattachVariable(
  providers: Readonly<Record<string, AttachedProvider>>,
  pid = process.pid,
): string {
  const entries = Object.entries(providers).map(([source, { protocolVersion, listen }]): [string, Entry] => [
    source,
    {
      Protocol: 'grpc',
      ProtocolVersion: protocolVersion,
      Pid: pid,
      Test: true,
      Addr: { Network: listen.network, String: listen.address },
    },
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

/** The providers in a value that {@link reattachVariable} made, by source address. */
export function attachedProviders(variable: string): Readonly<Record<string, AttachedProvider>> {
  const entries = JSON.parse(variable) as Readonly<Record<string, Entry>>;
  return Object.fromEntries(
    Object.entries(entries).map(([source, { ProtocolVersion, Addr }]) => [
      source,
      {
        protocolVersion: ProtocolVersion === 5 ? 5 : 6,
        listen: { network: Addr.Network, address: Addr.String },
      },
    ]),
  );
}
