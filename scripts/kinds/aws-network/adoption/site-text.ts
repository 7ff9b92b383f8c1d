/** The catalog's `site` that a customer gateway and the routes to it show, in one line. */
export function yamlSite(
  publicIp: string | undefined,
  asn: number | undefined,
  networks: readonly string[],
): string {
  const subnets = networks.length === 0 ? '' : `, subnets: [${networks.join(', ')}]`;
  return `site: { controller: ADDRESS/PREFIX, public_ip: ${publicIp}, asn: ${asn}${subnets} }`;
}
