import { recall } from "./sc03-recall.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(recall);
