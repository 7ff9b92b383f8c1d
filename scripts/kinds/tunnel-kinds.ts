import type { Stack } from '../../catalog/ground/stacks';
import { AWS_TUNNELS } from './aws-network/tunnels';
import type { KindTunnels } from './kind-tunnels';

/** The tunnels of each kind of stack; undefined for a kind that has none. */
const TUNNELS: Readonly<Record<Stack['kind'], KindTunnels | undefined>> = {
  'aws-network': AWS_TUNNELS,
  vault: undefined,
};

/** What the gateway's commands need from a stack's kind; undefined for a kind without tunnels. */
export function tunnelsOf({ kind }: Pick<Stack, 'kind'>): KindTunnels | undefined {
  return TUNNELS[kind];
}
