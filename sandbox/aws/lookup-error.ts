/** A data source or an import found nothing, or too much, or cannot be asked in this way; the message is the provider's. */
export class LookupError extends Error {}
