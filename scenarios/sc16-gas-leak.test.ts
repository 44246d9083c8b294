import { gasLeak } from "./sc16-gas-leak.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(gasLeak);
