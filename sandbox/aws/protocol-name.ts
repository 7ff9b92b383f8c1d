/** Numbers of protocols that have a name in the rules of security groups. */
const NAMES: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
  all: '-1',
};

/** A rule's protocol as the provider plans and stores it: by its name where it has one, in lower case. */
export function protocolName(written: string): string {
  const protocol = written.toLowerCase();
  return NAMES[protocol] ?? protocol;
}
