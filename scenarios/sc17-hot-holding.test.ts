import { hotHolding } from "./sc17-hot-holding.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(hotHolding);
