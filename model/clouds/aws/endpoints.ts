/** What nodes may need of AWS without a way to the Internet, by the words of a catalog. */
export const ENDPOINTS = ['s3', 'ssm', 'ecr', 'logs', 'autoscaling', 'secretsmanager', 'ec2'] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** The endpoint without network interfaces: a route in the route tables (Amazon VPC user guide, "Gateway endpoints"). */
export const GATEWAY_ENDPOINT: Endpoint = 's3';

/**
 * The services of each, as their names end (Systems Manager user guide, "Create VPC endpoints"; Amazon ECR user guide, "Amazon ECR
 * interface VPC endpoints").
 */
export const ENDPOINT_SERVICES: Readonly<Record<Endpoint, readonly string[]>> = {
  s3: ['s3'],
  ssm: ['ssm', 'ssmmessages', 'ec2messages'],
  ecr: ['ecr.api', 'ecr.dkr'],
  logs: ['logs'],
  autoscaling: ['autoscaling'],
  secretsmanager: ['secretsmanager'],
  ec2: ['ec2'],
};

/** How many network interfaces some endpoints have in each zone: each takes an address of a subnet. */
export function interfacesOf(endpoints: readonly Endpoint[]): number {
  return endpoints
    .filter((endpoint) => endpoint !== GATEWAY_ENDPOINT)
    .reduce((sum, endpoint) => sum + ENDPOINT_SERVICES[endpoint].length, 0);
}
