import { peer } from './peer.ts';
import { reasonOf } from './reason.ts';

/**
 * Decrypts codes as Cognito hands them to custom senders: base64 of a message of the AWS Encryption SDK. The one that
 * was captured in public has no key commitment, so that messages without it are read too.
 */
export async function codeDecryption(keyArn: string): Promise<(code: string) => Promise<string>> {
  const { buildClient, CommitmentPolicy, KmsKeyringNode } = await peer(
    '@aws-crypto/client-node',
    () => import('@aws-crypto/client-node'),
  );
  const { decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);
  const keyring = new KmsKeyringNode({ keyIds: [keyArn] });
  return async (code) => {
    try {
      const { plaintext } = await decrypt(keyring, Buffer.from(code, 'base64'));
      return plaintext.toString('utf8');
    } catch (error) {
      const message = `a code cannot be decrypted with ${keyArn} (kms:Decrypt): ${reasonOf(error)}`;
      throw new Error(message, { cause: error });
    }
  };
}
