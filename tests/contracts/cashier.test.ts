import { cashierApi } from './cashier-api';
import { describeContract } from './describe-contract';

describeContract('the Cashier API', cashierApi);
