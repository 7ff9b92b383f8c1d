import type { ServerHttp2Session } from 'node:http2';
import { callerFolder } from './caller-folder';
import { Configuration } from './configuration';

/** A function that gives the configuration of the Terraform at the other end of a connection; undefined if it is not known. */
export type ConfigurationOf = () => Configuration | undefined;

const known = new WeakMap<ServerHttp2Session, { readonly configuration: Configuration | undefined }>();

/** Reads the configuration of a connection's caller when it is first asked for. */
export function configurationOf(session: ServerHttp2Session): ConfigurationOf {
  return () => {
    const { remotePort, localPort } = session.socket;
    const found = known.get(session) ?? { configuration: read(remotePort, localPort) };
    known.set(session, found);
    return found.configuration;
  };
}

function read(clientPort: number | undefined, serverPort: number | undefined): Configuration | undefined {
  if (clientPort === undefined || serverPort === undefined) return undefined;
  const caller = callerFolder(clientPort, serverPort);
  return caller && Configuration.read(caller.folder, caller.dataFolder);
}
