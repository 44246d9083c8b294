import { dishwasher } from "./sc18-dishwasher.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(dishwasher);
