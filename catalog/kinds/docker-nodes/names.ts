/** The name of a node's container: `dev-web-web1`. */
export function containerName(environment: string, group: string, host: string): string {
  return `${environment}-${group}-${host}`;
}

/** The name of one of its volumes: `dev-web-web1-data`. */
export function volumeName(container: string, volume: string): string {
  return `${container}-${volume}`;
}
