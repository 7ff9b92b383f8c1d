/** The call of Azure's API that was refused, as the provider names it in its errors. */
export type ApiCall = 'CreateOrUpdate' | 'Delete' | 'Get' | 'UpdateTags';

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

/** The simulated cloud refused a request; the code is one of Azure's error codes. */
export class AzureError extends Error {
  /** @param hint what the sandbox adds to Azure's message; it is shown below the message */
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** What the sandbox adds to a refusal whose code no public source names. */
const INFERRED = 'Azure refuses this. The error code is inferred: no public source names it.';

/** A refusal that is documented, or follows from a documented limit, with a code that the sandbox made up after Azure's fashion. */
export function inferred(code: string, message: string, status = 400): AzureError {
  return new AzureError(code, message, status, INFERRED);
}

/** The provider refused something itself, in its own words, before or after it asked Azure. */
export class ProviderError extends Error {
  constructor(
    message: string,
    readonly detail?: string,
  ) {
    super(message);
  }
}

/** The provider's refusal to make an object that is there already. */
export function alreadyExists(type: string, id: string): ProviderError {
  return new ProviderError(
    `A resource with the ID ${JSON.stringify(id)} already exists - to be managed via Terraform this resource needs to be imported into the State. Please see the resource documentation for ${JSON.stringify(type)} for more information.`,
  );
}

/** A resource of the request that Azure's resource manager does not find. */
export function notFound(id: string): AzureError {
  return new AzureError('ResourceNotFound', `The Resource '${id}' was not found.`, 404);
}

/** What the SDK of the provider makes of an answer of Azure's API with an error. */
export function unexpectedStatus({
  status,
  code,
  message,
}: Pick<AzureError, 'status' | 'code' | 'message'>): string {
  return `unexpected status ${status} (${status} ${REASONS[status] ?? 'Error'}) with error: ${code}: ${message}`;
}

/** A resource of the request that does not exist, or lies in another region. */
export function invalidReference(referenced: string, by: string): AzureError {
  return new AzureError(
    'InvalidResourceReference',
    `Resource ${referenced} referenced by resource ${by} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
  );
}
