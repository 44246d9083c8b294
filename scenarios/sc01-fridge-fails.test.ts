import { fridgeFails } from "./sc01-fridge-fails.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(fridgeFails);
