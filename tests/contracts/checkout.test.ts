import { checkoutApi } from './checkout-api';
import { describeContract } from './describe-contract';

describeContract('the Checkout API', checkoutApi);
