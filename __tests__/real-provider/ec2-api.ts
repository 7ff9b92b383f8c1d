/** Asks EC2's own API at a local server, as somebody does who does not use Terraform. */
export async function ec2(
  url: string,
  region: string,
  action: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=test/20300101/${region}/ec2/aws4_request, SignedHeaders=host, Signature=x`,
    },
    body: new URLSearchParams({ Action: action, Version: '2016-11-15', ...parameters }).toString(),
  });
  const text = await answer.text();
  if (!answer.ok || text.includes('<Errors>')) throw new Error(`${action}: ${text}`);
  return text;
}

/** The resources of a state: the id of the first that fits. */
export function idIn(state: string, address: RegExp): string {
  const { resources } = JSON.parse(state) as {
    readonly resources: readonly {
      readonly type: string;
      readonly name: string;
      readonly instances: readonly { readonly attributes: { readonly id: string } }[];
    }[];
  };
  const found = resources.find(({ type, name }) => address.test(`${type}.${name}`));
  if (found?.instances[0] === undefined) throw new Error(`nothing fits ${address}`);
  return found.instances[0].attributes.id;
}
