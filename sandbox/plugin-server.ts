import type { PluginAddress } from '../terraform/plugin/address';
import { GrpcServer } from '../terraform/plugin/server';
import { type Handler, StreamReset, unary } from '../terraform/plugin/server-call';
import { GrpcError, Status } from '../terraform/plugin/status';
import { configurationOf } from './configuration/caller-configuration';
import { CALLS, type Call } from './protocol/messages';
import { callPath } from './protocol/wire';
import type { ProviderService } from './provider/service';

function handler(name: Call, service: () => ProviderService): Handler {
  return unary(async (request, { session }) => {
    try {
      return await service().answer(name, session, request, configurationOf(session));
    } catch (failure) {
      if (failure instanceof StreamReset) throw failure;
      throw new GrpcError(Status.INTERNAL, `sandbox: ${name}: ${String(failure)}`);
    }
  });
}

/** A simulated provider that listens on a port of its own, since Terraform attaches each provider by its address. */
export interface PluginServer {
  readonly address: PluginAddress;
  /** Waits for calls that are under way, then stops. */
  close(): Promise<void>;
}

/**
 * Serves a simulated provider over version 6 of the plugin protocol.
 *
 * @param service is called at the first request, so that a provider that Terraform does not use costs a port only
 */
export function servePlugin(service: () => ProviderService): Promise<PluginServer> {
  const handlers = new Map(CALLS.map((call) => [callPath(call), handler(call, service)]));
  return GrpcServer.listen({
    listen: { network: 'tcp', address: '127.0.0.1:0' },
    handlerFor: (path) => handlers.get(path),
  });
}
