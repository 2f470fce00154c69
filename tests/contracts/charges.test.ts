import { chargesApi } from './charges-api';
import { describeContract } from './describe-contract';

describeContract('the Charges API', chargesApi);
