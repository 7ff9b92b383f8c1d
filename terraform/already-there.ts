/**
 * What clouds and servers say where a creation is refused because the thing is there, by what it means. Codes and words are those
 * that the simulated providers answer, which are the recorded and documented ones.
 */
const MEANINGS: Readonly<Record<string, RegExp>> = {
  'another object has the name or the identity':
    /AlreadyExists|ResourceExists|\bEntityAlreadyExists|\.Duplicate\b|DuplicateTransitGatewayAttachment|AlreadyOwnedByYou|RoleAssignmentExists|WithSameNameExists|\balready exists\b/,
  'its parts are joined already':
    /AlreadyAssociated|AlreadyHas[A-Z]|\balready (has an? |has the |associated|attached|an? internet gateway)|\bis already attached\b|has an internet gateway attached|already owned by VM/,
  'its place is taken':
    /InvalidSubnet\.Conflict|InvalidCidrBlock\.InUse|InvalidIPAddress\.InUse|PrivateIPAddressIsAllocated|\bConflictException\b|\balready in use\b|\balready allocated\b|VolumeInUse|already has a route/i,
};

/** A deletion that is refused is about what else is there. */
const DELETION = /CannotBeDeleted|DeleteConflict|DependencyViolation|\bdeleting\b/;

/** Whether an error refuses a creation because something is there already. */
export function isAlreadyThere(error: string): boolean {
  return !DELETION.test(error) && Object.values(MEANINGS).some((meaning) => meaning.test(error));
}

/** What a provider's process that died leaves: it may have made the object, and nobody has heard of it. */
const PROVIDER_DIED = /Plugin did not respond|plugin (process )?(exited|crashed)|connection is shut down/i;

export function hasLostProvider(error: string): boolean {
  return PROVIDER_DIED.test(error);
}
