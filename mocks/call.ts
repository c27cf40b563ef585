import { decode } from './decode.ts';
import { CognitoError } from './errors.ts';
import type { Layers } from './fault.ts';
import type { OperationName } from './inputs.ts';
import type { MockRequest, MockResponse } from './mock.ts';
import { unsigned } from './operations.ts';
import type { State } from './state.ts';
import { validate } from './validate.ts';
import { answered, calledOperation, contentType, json, nothingHere, refused } from './wire.ts';

/** Answers a call of an operation. Decoding comes before validation, validation before the token. */
export async function call(layers: Layers, state: State, request: MockRequest): Promise<MockResponse> {
  const { headers, body } = request;
  const protocol = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (protocol === 'application/json') return otherProtocol;
  if (protocol !== contentType) return nothingHere;
  const name = operationName(layers, request);
  if (!name) return refused(new CognitoError('UnknownOperationException', ''));
  try {
    if (!unsigned.has(name) && !headers['authorization']) {
      throw new CognitoError('MissingAuthenticationTokenException', 'Missing Authentication Token');
    }
    const shape = layers.inputs[name];
    const input = decode(shape, body);
    validate(shape, input);
    // It has just been checked against the shape that the operation's input type is made of.
    return answered(await layers.operations[name](input as never, state));
  } catch (error) {
    return refused(error);
  }
}

const operationName = ({ operations }: Layers, request: MockRequest): OperationName | undefined => {
  const name = calledOperation(request) ?? '';
  return Object.hasOwn(operations, name) ? (name as OperationName) : undefined;
};

/** Plain `application/json` reaches another protocol of the same server, which answers 200 to a call it does not know. */
const otherProtocol = {
  ...json(200, { Output: { __type: 'com.amazon.coral.service#UnknownOperationException' }, Version: '1.0' }),
  headers: { 'content-type': 'application/json' },
};
